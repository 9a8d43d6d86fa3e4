import { rows } from './table.js';

describe('starlark set methods', () => {
  rows(String.raw`
    x = set([1]); x.add(2); x.add(1); x -> set([1, 2])
    set().add([5])                !! add: unhashable type: list
    freeze(set([1])).add(1)       !! add: cannot insert into frozen set
    iterating(set()).add(1)       !! add: cannot insert into set during iteration
    x = set([1]); x.clear(); x    -> set()
    freeze(set()).clear()         -> None
    freeze(set([1])).clear()      !! clear: cannot clear frozen set
    set([1, 2, 3]).difference([2]) -> set([1, 3])
    set([1, 2, 3]).difference([0, 1], (3, 4)) -> set([2])
    set([1, 2]).difference()      -> set([1, 2])
    set([1]).difference([[]])     !! difference: unhashable type: list
    set([1]).difference([], 1)    !! difference: argument #2 is not iterable: int
    x = set([1, 2, 3, 4]); x.difference_update([0, 1], [4]); x -> set([2, 3])
    freeze(set([1])).difference_update([]) !! difference_update: cannot change frozen set
    x = set([1, 2]); x.discard(1); x.discard(9); x -> set([2])
    set().discard([5])            !! discard: unhashable type: list
    freeze(set([1])).discard(9)   !! discard: cannot delete from frozen set
    set([1, 2, 3]).intersection([0, 2, 1], [1, 2]) -> set([1, 2])
    set([1]).intersection()       -> set([1])
    x = set([1, 2, 3]); x.intersection_update([3, 1]); x -> set([1, 3])
    set([1]).isdisjoint([2])      -> True
    set([1]).isdisjoint({1: 2})   -> False
    set([1]).isdisjoint(1)        !! isdisjoint: for parameter x: got int, want iterable
    set([1, 2]).issubset([2, 1, 3, 3]) -> True
    set([1, 2]).issubset([1, 1])  -> False
    set([1, 2]).issuperset([1, 1]) -> True
    set([1, 2]).issuperset([3])   -> False
    set([1]).issuperset([[]])     !! issuperset: unhashable type: list
    x = set([3, 1]); y = x.pop(); [x, y] -> [set([1]), 3]
    set().pop()                   !! pop: empty set
    freeze(set([1])).pop()        !! pop: cannot delete from frozen set
    x = set([1, 2]); x.remove(1); x -> set([2])
    set().remove(3)               !! remove: missing key
    freeze(set([1])).remove(1)    !! remove: cannot delete from frozen set
    set([1, 2, 3]).symmetric_difference([3, 4, 4]) -> set([1, 2, 4])
    set().symmetric_difference()  !! symmetric_difference: missing argument for x
    x = set([1, 2]); x.symmetric_difference_update([2, 3]); x -> set([1, 3])
    set([1]).union([2], {3: 4})   -> set([1, 2, 3])
    set([1]).union()              -> set([1])
    set([1]).union(1)             !! union: argument #1 is not iterable: int
    x = set([1]); x.union([2]); x -> set([1])
    x = set([1]); x.update([2], [1, 3]); x -> set([1, 2, 3])
    x = set([1]); x.update(x); x  -> set([1])
    set().update()                -> None
    set().update(gee = [1])       !! update: unexpected keyword arguments
    freeze(set()).update([5])     !! update: cannot insert into frozen set
    x = set([1]); y = x.copy(); y.add(2); x -> set([1])
  `);
});
