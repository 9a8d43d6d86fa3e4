import { rows } from './table.js';

describe('starlark dict methods', () => {
  rows(String.raw`
    x = {"a": 1}; x.clear(); x    -> {}
    freeze({"a": 1}).clear()      !! clear: cannot clear frozen dict
    {"a": 1}.get("a")             -> 1
    {"a": 1}.get("b")             -> None
    {"a": 1}.get("b", 2)          -> 2
    {"a": None}.get("a", 2)       -> None
    {1: "i"}.get(1.0)             -> "i"
    {}.get([])                    !! get: unhashable type: list
    {}.get()                      !! get: missing argument for key
    {}.get(1, default = 2)        !! get: unexpected keyword arguments
    {"a": 1, 2: "b"}.items()      -> [("a", 1), (2, "b")]
    {"a": 1, 2: "b"}.keys()       -> ["a", 2]
    {"a": 1, 2: "b"}.values()     -> [1, "b"]
    {"__proto__": 1}.items()      -> [("__proto__", 1)]
    x = {"a": 1}; x.keys().append("b"); x -> {"a": 1}
    {}.items(1)                   !! items: got 1 argument, want 0
    x = {"a": 1, "b": 2}; y = x.pop("a"); [x, y] -> [{"b": 2}, 1]
    {"a": None}.pop("a", 2)       -> None
    {}.pop("a", 3)                -> 3
    {}.pop("a", None)             -> None
    {}.pop("a")                   !! pop: missing key
    {}.pop([])                    !! pop: unhashable type: list
    freeze({"a": 1}).pop("a")     !! pop: cannot delete from frozen dict
    iterating({"a": 1}).pop("a")  !! pop: cannot delete from dict during iteration
    x = {"a": 1, 2: "b"}; y = x.popitem(); [x, y] -> [{2: "b"}, ("a", 1)]
    x = {(1, 2): 3}; y = x.popitem(); [x, y] -> [{}, ((1, 2), 3)]
    {}.popitem()                  !! popitem: empty dict
    freeze({"a": 1}).popitem()    !! popitem: cannot delete from frozen dict
    x = {"a": 1}; y = x.setdefault("a", 2); [x, y] -> [{"a": 1}, 1]
    x = {}; y = x.setdefault("a"); [x, y] -> [{"a": None}, None]
    x = {"a": None}; y = x.setdefault("a", 1); [x, y] -> [{"a": None}, None]
    x = {}; y = x.setdefault("a", 2); [x, y] -> [{"a": 2}, 2]
    freeze({"a": 1}).setdefault("a", 2) -> 1
    freeze({}).setdefault("a", 2) !! setdefault: cannot insert into frozen dict
    x = {"a": 1}; x.update([("b", 4), ["c", 5]], a = 2); x -> {"a": 2, "b": 4, "c": 5}
    x = {"a": 1}; x.update({"c": 6}); x -> {"a": 1, "c": 6}
    x = {"a": 1}; x.update(x); x  -> {"a": 1}
    x = {}; x.update(pairs = 1, self = 2); x -> {"pairs": 1, "self": 2}
    {}.update()                   -> None
    {}.update(None)               !! update: got NoneType, want iterable
    {}.update([1])                !! update: dictionary update sequence element #0 is not iterable (int)
    {}.update([(1, 2, 3)])        !! update: dictionary update sequence element #0 has length 3, want 2
    {}.update([], [])             !! update: got 2 arguments, want at most 1
    freeze({}).update({"a": 8})   !! update: cannot insert into frozen dict
    iterating({}).update(a = 1)   !! update: cannot insert into dict during iteration
    x = {"a": 1, 2: 3}; y = x.copy(); y["a"] -> 1
    x = {"a": 1}; y = x.copy(); y.clear(); x -> {"a": 1}
  `);
});
