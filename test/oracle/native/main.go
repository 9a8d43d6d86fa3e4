// The oracle: runs Starlark programs on go.starlark.net and says how they ended.
//
// It reads requests from standard input, one JSON object a line, and answers each with one line, in
// order. A program leaves its answer in the global `result`; `see(x)` writes down what x is at that time;
// `host(x)` answers x and `sum_of(x=…, y=…)` their sum, as functions of the host do.
package main

import (
	"bufio"
	"bytes"
	"encoding/json"
	"fmt"
	"os"
	"sort"
	"syscall"
	"time"

	starjson "go.starlark.net/lib/json"
	starmath "go.starlark.net/lib/math"
	"go.starlark.net/resolve"
	"go.starlark.net/starlark"
	"go.starlark.net/starlarkstruct"
	"go.starlark.net/syntax"
)

// A Request is one program. With Repeat it is a measurement: read once, run so many times.
type Request struct {
	ID      int                `json:"id"`
	Source  string             `json:"source"`
	Options syntax.FileOptions `json:"options"`
	Steps   uint64             `json:"steps"`
	Ms      int                `json:"ms"`
	Repeat  int                `json:"repeat"`
}

// An Answer is how a program ended. Parse and Run are there for a measurement.
type Answer struct {
	ID     int             `json:"id"`
	Value  json.RawMessage `json:"value,omitempty"`
	Seen   json.RawMessage `json:"seen,omitempty"`
	Prints []string        `json:"prints,omitempty"`
	Faults []Fault         `json:"faults,omitempty"`
	Steps  uint64          `json:"steps"`
	Parse  *Timing         `json:"parse,omitempty"`
	Run    *Timing         `json:"run,omitempty"`
	CPU    int64           `json:"cpu,omitempty"`
}

// A Fault is an error; its line counts from 1 and is 0 where none is known. Callers are the lines of the
// calls that led there, the innermost first.
type Fault struct {
	Phase   string `json:"phase"`
	Message string `json:"message"`
	Line    int    `json:"line"`
	Callers []int  `json:"callers,omitempty"`
}

// A Timing is in nanoseconds: of the first time in this request, the least of all, and the one in the middle.
type Timing struct {
	First  int64 `json:"first"`
	Least  int64 `json:"least"`
	Median int64 `json:"median"`
	all    []int64
}

func main() {
	in := bufio.NewReaderSize(os.Stdin, 1<<20)
	out := bufio.NewWriter(os.Stdout)
	for {
		line, err := in.ReadBytes('\n')
		if err != nil {
			return
		}
		var request Request
		if err := json.Unmarshal(line, &request); err != nil {
			fmt.Fprintln(os.Stderr, "oracle: a request is not JSON:", err)
			os.Exit(2)
		}
		out.Write(compact(answer(&request)))
		out.WriteByte('\n')
		if in.Buffered() == 0 {
			out.Flush()
		}
	}
}

func answer(request *Request) *Answer {
	if request.Repeat > 0 {
		return measure(request)
	}
	program, err := read(request)
	if err != nil {
		return &Answer{ID: request.ID, Faults: faults(err)}
	}
	return run(request, program, true)
}

func measure(request *Request) *Answer {
	parse, running := &Timing{}, &Timing{}
	start := time.Now()
	program, err := read(request)
	parse.add(time.Since(start))
	if err != nil {
		return &Answer{ID: request.ID, Faults: faults(err)}
	}
	var last *Answer
	cpu := cpuTime()
	for i := 0; i < request.Repeat; i++ {
		start = time.Now()
		last = run(request, program, i == request.Repeat-1)
		running.add(time.Since(start))
		if last.Faults != nil {
			break
		}
	}
	last.CPU = cpuTime() - cpu
	last.Parse, last.Run = parse.sum(), running.sum()
	return last
}

func (t *Timing) add(d time.Duration) { t.all = append(t.all, d.Nanoseconds()) }

func (t *Timing) sum() *Timing {
	t.First = t.all[0]
	sort.Slice(t.all, func(i, j int) bool { return t.all[i] < t.all[j] })
	t.Least, t.Median = t.all[0], t.all[len(t.all)/2]
	return t
}

// cpuTime is what all threads of this process have computed, in nanoseconds: the collector's, too.
func cpuTime() int64 {
	var usage syscall.Rusage
	if err := syscall.Getrusage(syscall.RUSAGE_SELF, &usage); err != nil {
		panic(err)
	}
	return usage.Utime.Nano() + usage.Stime.Nano()
}

var predeclared = starlark.StringDict{
	"json":   starjson.Module,
	"math":   starmath.Module,
	"struct": starlark.NewBuiltin("struct", starlarkstruct.Make),
	"see":    starlark.NewBuiltin("see", see),
	"host":   starlark.NewBuiltin("host", host),
	"sum_of": starlark.NewBuiltin("sum_of", sumOf),
}

func read(request *Request) (*starlark.Program, error) {
	_, program, err := starlark.SourceProgramOptions(&request.Options, "program", request.Source, predeclared.Has)
	return program, err
}

// run is timed: what it does beside running stays small where the answer is not told.
func run(request *Request, program *starlark.Program, tell bool) *Answer {
	answer := &Answer{ID: request.ID}
	thread := &starlark.Thread{Name: "oracle"}
	thread.Print = func(_ *starlark.Thread, line string) { answer.Prints = append(answer.Prints, line) }
	seen := &seenValues{}
	thread.SetLocal("seen", seen)
	if request.Steps > 0 {
		thread.SetMaxExecutionSteps(request.Steps)
	}
	if request.Ms > 0 {
		timer := time.AfterFunc(time.Duration(request.Ms)*time.Millisecond, func() { thread.Cancel("too much time") })
		defer timer.Stop()
	}
	globals, err := start(thread, program)
	answer.Steps = thread.ExecutionSteps()
	if err != nil {
		answer.Faults = faults(err)
	} else if result, ok := globals["result"]; ok && tell {
		answer.Value = encode(result)
	}
	answer.Seen = seen.json()
	return answer
}

// start runs the program; where the library itself fails, that is an error too.
func start(thread *starlark.Thread, program *starlark.Program) (globals starlark.StringDict, err error) {
	defer func() {
		if fault := recover(); fault != nil {
			err = fmt.Errorf("panic: %v", fault)
		}
	}()
	return program.Init(thread, predeclared)
}

func faults(err error) []Fault {
	switch err := err.(type) {
	case syntax.Error:
		return []Fault{{Phase: "parse", Message: err.Msg, Line: int(err.Pos.Line)}}
	case resolve.ErrorList:
		list := make([]Fault, len(err))
		for i, e := range err {
			list[i] = Fault{Phase: "resolve", Message: e.Msg, Line: int(e.Pos.Line)}
		}
		return list
	case *starlark.EvalError:
		lines := linesOf(err.CallStack)
		return []Fault{{Phase: "run", Message: err.Msg, Line: lines[0], Callers: lines[1:]}}
	}
	return []Fault{{Phase: "run", Message: err.Error()}}
}

// linesOf says where the program was, the innermost first: builtins have no line.
func linesOf(stack starlark.CallStack) []int {
	lines := []int{}
	for i := range stack {
		if line := stack.At(i).Pos.Line; line > 0 {
			lines = append(lines, int(line))
		}
	}
	return append(lines, 0)
}

// seenValues is what one run showed with `see`.
type seenValues struct{ values []json.RawMessage }

func (s *seenValues) json() json.RawMessage {
	if s.values == nil {
		return nil
	}
	return compact(s.values)
}

func see(thread *starlark.Thread, b *starlark.Builtin, args starlark.Tuple, kwargs []starlark.Tuple) (starlark.Value, error) {
	var x starlark.Value
	if err := starlark.UnpackPositionalArgs(b.Name(), args, kwargs, 1, &x); err != nil {
		return nil, err
	}
	seen := thread.Local("seen").(*seenValues)
	seen.values = append(seen.values, encode(x))
	return x, nil
}

func host(_ *starlark.Thread, b *starlark.Builtin, args starlark.Tuple, kwargs []starlark.Tuple) (starlark.Value, error) {
	var x starlark.Value
	err := starlark.UnpackPositionalArgs(b.Name(), args, kwargs, 1, &x)
	return x, err
}

// sumOf takes its arguments by name, as tools do.
func sumOf(_ *starlark.Thread, b *starlark.Builtin, args starlark.Tuple, kwargs []starlark.Tuple) (starlark.Value, error) {
	var x, y int
	var name string
	err := starlark.UnpackArgs(b.Name(), args, kwargs, "x", &x, "y", &y, "name?", &name)
	return starlark.MakeInt(x + y), err
}

// compact is JSON on one line, with "<" as it is.
func compact(x any) []byte {
	var buffer bytes.Buffer
	encoder := json.NewEncoder(&buffer)
	encoder.SetEscapeHTML(false)
	if err := encoder.Encode(x); err != nil {
		panic(err)
	}
	return bytes.TrimRight(buffer.Bytes(), "\n")
}
