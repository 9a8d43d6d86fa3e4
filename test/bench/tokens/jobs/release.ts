/** Jobs for five real servers: notes for a release, and the whole release. */
import type { JsonObject } from '../../../../core/index.js';
import type { Job } from './job.js';

/** Notes on the last twenty commits, of which the model knows only what the log says. Three tools. */
export function releaseNotes(folder: string): Job {
  return {
    title: 'three tools: release notes from the log',
    turns: [
      [
        { tool: 'git_log', args: { path: folder, maxCount: 20 } },
        { tool: 'read_text_file', args: { path: `${folder}/package.json` } },
      ],
      [{ tool: 'write_file', args: { path: `${folder}/NOTES.md`, content: NOTES } }],
    ],
    searches: [
      { words: 'commit history of a git repository', finds: ['git_log'] },
      { words: 'read and write a text file', finds: ['read_text_file', 'write_file'] },
    ],
    script: `commits = git_log(path=folder, maxCount=20)["commits"]
name = json.decode(read_text_file(path=folder + "/package.json")["content"])["name"]
areas = {}
for commit in commits:
    area, change = commit["subject"].split(": ", 1)
    areas.setdefault(area, []).append(change)
lines = ["# " + name + " 1.1.0"]
for area in sorted(areas):
    lines += ["", "## " + area] + ["- " + change for change in areas[area]]
write_file(path=folder + "/NOTES.md", content="\\n".join(lines) + "\\n")
return {"commits": len(commits), "areas": {area: len(areas[area]) for area in areas}}
`,
    data: { folder },
  };
}

/** From a look at the state to the tag, and a note of it in the memory. Ten tools. */
export function release(folder: string): Job {
  const file = (name: string): string => `${folder}/${name}`;
  const log: JsonObject = { path: folder, maxCount: 20 };
  const bump: JsonObject = {
    path: file('package.json'),
    edits: [{ oldText: '"version": "1.0.0"', newText: '"version": "1.1.0"' }],
  };
  const remembered: JsonObject = {
    entities: [{ name: 'shop 1.1.0', entityType: 'release', observations: ['20 commits in 6 areas'] }],
  };
  return {
    title: 'ten tools: the whole release',
    turns: [
      [
        { tool: 'git_status', args: { path: folder } },
        { tool: 'git_log', args: log },
        { tool: 'git_diff', args: { path: folder, source: 'v1.0.0', target: 'HEAD', stat: true } },
        { tool: 'read_text_file', args: { path: file('package.json') } },
      ],
      [
        { tool: 'edit_file', args: bump },
        { tool: 'write_file', args: { path: file('NOTES.md'), content: NOTES } },
      ],
      [{ tool: 'git_add', args: { path: folder, paths: ['NOTES.md', 'package.json'] } }],
      [{ tool: 'git_commit', args: { path: folder, message: 'Release 1.1.0' } }],
      [
        { tool: 'git_tag', args: { path: folder, mode: 'create', tagName: 'v1.1.0' } },
        { tool: 'create_entities', args: remembered },
      ],
    ],
    searches: [
      { words: 'state of the git repository, what changed', finds: ['git_status', 'git_diff'] },
      { words: 'commit history', finds: ['git_log'] },
      { words: 'read, edit and write a text file', finds: ['read_text_file', 'edit_file', 'write_file'] },
      { words: 'stage files and commit', finds: ['git_add', 'git_commit'] },
      { words: 'tag a release', finds: ['git_tag'] },
      { words: 'remember a new entity', finds: ['create_entities'] },
    ],
    script: `if not git_status(path=folder)["isClean"]:
    fail("the repository has changes that are not committed")
commits = git_log(path=folder, maxCount=20)["commits"]
changed = git_diff(path=folder, source="v1.0.0", target="HEAD", stat=True)["filesChanged"]
package = folder + "/package.json"
name = json.decode(read_text_file(path=package)["content"])["name"]
edit_file(path=package, edits=[{"oldText": '"version": "1.0.0"', "newText": '"version": "' + version + '"'}])
areas = {}
for commit in commits:
    area, change = commit["subject"].split(": ", 1)
    areas.setdefault(area, []).append(change)
lines = ["# " + name + " " + version]
for area in sorted(areas):
    lines += ["", "## " + area] + ["- " + change for change in areas[area]]
write_file(path=folder + "/NOTES.md", content="\\n".join(lines) + "\\n")
git_add(path=folder, paths=["NOTES.md", "package.json"])
commit = git_commit(path=folder, message="Release " + version)
git_tag(path=folder, mode="create", tagName="v" + version)
told = str(len(commits)) + " commits in " + str(len(areas)) + " areas"
create_entities(entities=[{"name": name + " " + version, "entityType": "release", "observations": [told]}])
return {"commit": commit["commitHash"], "files": changed, "told": told}
`,
    data: { folder, version: '1.1.0' },
  };
}

/** What a model writes itself once it has read the log. */
const NOTES = `# shop 1.1.0

## cache
- Answer 404 in place of 500 for a name that nobody has
- Say in the message which field was wrong
- Read the size before the body

## mailer
- Say in the message which field was wrong
- Read the size before the body
- Wait no longer than the deadline of the request
- Keep the order in which entries came in

## router
- Answer 404 in place of 500 for a name that nobody has
- Say in the message which field was wrong
- Read the size before the body
- Wait no longer than the deadline of the request

## search
- Read the size before the body
- Wait no longer than the deadline of the request
- Keep the order in which entries came in

## session
- Keep the order in which entries came in
- Answer 404 in place of 500 for a name that nobody has
- Say in the message which field was wrong

## upload
- Wait no longer than the deadline of the request
- Keep the order in which entries came in
- Answer 404 in place of 500 for a name that nobody has
`;
