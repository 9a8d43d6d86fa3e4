package main

import (
	"encoding/hex"
	"encoding/json"
	"fmt"
	"sort"
	"strconv"

	"go.starlark.net/starlark"
	"go.starlark.net/starlarkstruct"
)

// mostNodes bounds what is told of one value.
const mostNodes = 20000

// encode tells a value in JSON that keeps types, the order of dicts, and which collections are one:
// a list, dict or set met again is {"again": n}, where n counts them from 0 in the order of meeting.
func encode(value starlark.Value) json.RawMessage {
	e := &encoder{met: map[starlark.Value]int{}}
	told := e.tell(value)
	if e.nodes > mostNodes {
		return json.RawMessage(`{"large":true}`)
	}
	return compact(told)
}

type encoder struct {
	met   map[starlark.Value]int
	nodes int
}

type object map[string]any

func (e *encoder) tell(value starlark.Value) any {
	e.nodes++
	if e.nodes > mostNodes {
		return nil
	}
	switch value := value.(type) {
	case starlark.NoneType:
		return nil
	case starlark.Bool:
		return bool(value)
	case starlark.String:
		return string(value)
	case starlark.Int:
		return object{"int": value.String()}
	case starlark.Float:
		return object{"float": strconv.FormatFloat(float64(value), 'g', -1, 64)}
	case starlark.Bytes:
		return object{"bytes": hex.EncodeToString([]byte(value))}
	case starlark.Tuple:
		return object{"tuple": e.items(value)}
	case *starlark.List, *starlark.Dict, *starlark.Set:
		return e.collection(value)
	case *starlarkstruct.Struct:
		return object{"struct": e.fields(value)}
	case *starlark.Function:
		return object{"function": value.Name()}
	case *starlark.Builtin:
		return object{"builtin": value.Name()}
	}
	return object{value.Type(): value.String()}
}

func (e *encoder) collection(value starlark.Value) any {
	if n, ok := e.met[value]; ok {
		return object{"again": n}
	}
	e.met[value] = len(e.met)
	if dict, ok := value.(*starlark.Dict); ok {
		return object{"dict": e.entries(dict.Items())}
	}
	return object{value.Type(): e.items(value.(starlark.Iterable))}
}

func (e *encoder) items(iterable starlark.Iterable) []any {
	items := []any{}
	iterator := iterable.Iterate()
	defer iterator.Done()
	for item := starlark.Value(nil); iterator.Next(&item); {
		items = append(items, e.tell(item))
	}
	return items
}

func (e *encoder) entries(entries []starlark.Tuple) []any {
	told := []any{}
	for _, entry := range entries {
		told = append(told, []any{e.tell(entry[0]), e.tell(entry[1])})
	}
	return told
}

func (e *encoder) fields(value *starlarkstruct.Struct) []any {
	names := value.AttrNames()
	sort.Strings(names)
	told := []any{}
	for _, name := range names {
		field, err := value.Attr(name)
		if err != nil {
			panic(fmt.Sprint("struct without its own field: ", err))
		}
		told = append(told, []any{name, e.tell(field)})
	}
	return told
}
