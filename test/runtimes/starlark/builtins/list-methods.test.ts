import { rows } from './table.js';

describe('starlark list methods', () => {
  rows(String.raw`
    x = [1]; x.append([2]); x     -> [1, [2]]
    [].append(1)                  -> None
    [].append()                   !! append: missing argument for x
    [].append(1, 2)               !! append: got 2 arguments, want 1
    freeze([]).append(1)          !! append: cannot append to frozen list
    iterating([]).append(1)       !! append: cannot append to list during iteration
    x = [1]; x.clear(); x         -> []
    freeze([1]).clear()           !! clear: cannot clear frozen list
    x = [1]; x.extend((2, 3)); x  -> [1, 2, 3]
    x = [1, 2]; x.extend(x); x    -> [1, 2, 1, 2]
    x = []; x.extend({"a": 1}); x -> ["a"]
    [].extend("bc")               !! extend: got string, want iterable
    freeze([]).extend([])         !! extend: cannot extend frozen list
    iterating([]).extend([1])     !! extend: cannot extend list during iteration
    ["b", "a", "n", "a"].index("a") -> 1
    ["b", "a", "n", "a"].index("a", 2) -> 3
    ["b", "a", "n", "a"].index("a", -1) -> 3
    ["b", "a", "n", "a"].index("a", None, -2) -> 1
    [1, 2].index(2.0)             -> 1
    ["b", "a"].index("a", 0, 1)   !! index: value not in list
    [].index(1, "0")              !! index: invalid start index: got string, want int
    x = [0, 1, 2]; x.insert(-99, 42); x -> [42, 0, 1, 2]
    x = [0, 1, 2]; x.insert(-1, 42); x -> [0, 1, 42, 2]
    x = [0, 1, 2]; x.insert(1, 42); x -> [0, 42, 1, 2]
    x = [0, 1, 2]; x.insert(3, 42); x -> [0, 1, 2, 42]
    x = [0, 1, 2]; x.insert(1 << 70, 42); x -> [0, 1, 2, 42]
    [].insert(1.0, "D")           !! insert: for parameter i: got float, want int
    [].insert(0)                  !! insert: missing argument for x
    iterating([]).insert(0, 1)    !! insert: cannot insert into list during iteration
    x = [1, 2, 3]; y = x.pop(); [x, y] -> [[1, 2], 3]
    x = [1, 2, 3]; y = x.pop(0); [x, y] -> [[2, 3], 1]
    x = [1, 2, 3]; y = x.pop(-2); [x, y] -> [[1, 3], 2]
    [1, 2].pop(-3)                !! pop: index -3 out of range [-2:1]
    [1, 2].pop(2)                 !! pop: index 2 out of range [-2:1]
    [1].pop(1 << 70)              !! pop: index 9007199254740991 out of range [-1:0]
    [].pop()                      !! pop: index -1 out of range: empty list
    [1].pop("0")                  !! pop: for parameter i: got string, want int
    freeze([1]).pop()             !! pop: cannot pop from frozen list
    x = [3, 1, 4, 1]; x.remove(1); x -> [3, 4, 1]
    [3, 1].remove(42)             !! remove: element not found
    freeze([1]).remove(1)         !! remove: cannot remove from frozen list
    iterating([1]).remove(1)      !! remove: cannot remove from list during iteration
    x = [1]; y = x.copy(); y.append(2); x -> [1]
    [1, 2, 1.0, "1"].count(1)     -> 2
    x = [1, 2, 3]; x.reverse(); x -> [3, 2, 1]
    freeze([1]).reverse()         !! reverse: cannot reverse frozen list
    [].append(x = 1)              !! append: unexpected keyword arguments
  `);
});
