/** Methods of Python and its neighbours that a script may reach for in vain, with the way to write it here. */

const ROWS: readonly (readonly [names: string, hint: string])[] = [
  ['has_key includes contains hasOwnProperty has', 'write `x in y`'],
  ['iteritems itervalues iterkeys viewitems entries', 'write d.items(), d.values() or d.keys()'],
  ['push', 'write x.append(y)'],
  ['length size Length Count', 'write len(x)'],
  ['toString to_string', 'write str(x)'],
  ['indexOf', 'write s.find(x) for a string, x.index(y) for a list'],
  ['forEach each', 'write a loop: for y in x: …'],
  ['map filter reduce', 'write a list comprehension: [f(y) for y in x if …]'],
  ['sort sorted', 'write sorted(x), which answers a new list'],
  ['reverse reversed', 'write reversed(x), which answers a new list'],
  ['trim', 'write s.strip()'],
  ['toUpperCase', 'write s.upper()'],
  ['toLowerCase', 'write s.lower()'],
  ['substring substr slice', 'write x[low:high]'],
  ['concat', 'write x + y'],
  ['add', 'write x.append(y) for a list, x += y for a number'],
  ['replaceAll', 'write s.replace(x, y), which replaces all'],
  ['translate maketrans', 'write s.replace(x, y) for each character'],
  ['charAt', 'write s[i]'],
  ['first', 'write x[0]'],
  ['last', 'write x[-1]'],
  ['isEmpty empty', 'write not x'],
  ['remove_key', 'write d.pop(key)'],
  ['join', 'write ", ".join(x)'],
  ['stringify', 'write json.encode(x)'],
  ['parse', 'write json.decode(text)'],
  ['dump load', 'there are no files: json.encode(x) answers text, json.decode(text) reads it'],
  ['choice randint shuffle', 'a script has no random numbers'],
  ['now today strftime isoformat', 'a script has no clock: ask a tool, or pass the time as data'],
  ['isprintable', 'compare the characters'],
  ['__dict__', 'a dict has items(); dir(x) answers the names of fields'],
  ['__len__', 'write len(x)'],
  ['__getitem__', 'write x[key]'],
  ['__contains__', 'write `y in x`'],
];

/** The way to write it here, by the name of the member that is not there. */
export const FOREIGN_MEMBERS: ReadonlyMap<string, string> = new Map(
  ROWS.flatMap(([names, hint]) => names.split(' ').map((name): [string, string] => [name, hint])),
);
