import { createCodeMode, defineTool } from 'toolscript';
import type { ToolIndex } from 'toolscript';

const used = new Set(['jira_create_issue']);

const favourites: ToolIndex = {
  name: 'favourites',
  search: (tools, { limit }) => tools.filter(({ name }) => used.has(name)).slice(0, limit),
};

const tools = ['github_create_issue', 'jira_create_issue', 'jira_delete_issue'].map((name) =>
  defineTool({ name, inputSchema: { type: 'object' }, call: () => 'done' }),
);

for (const indexes of [[], [favourites]]) {
  const codeMode = await createCodeMode({ tools, indexes });
  const found = await codeMode.findTools({ text: 'open a new issue', limit: 2 });
  console.log(found.tools.map(({ signature }) => signature).join(' '));
  await codeMode.close();
}

//> github_create_issue() jira_create_issue()
//> jira_create_issue() github_create_issue()
