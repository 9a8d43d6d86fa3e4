import { createCodeMode, defineTool } from 'toolscript';
import { createCedarPolicy } from 'toolscript/plugins/limits/cedar';

const text = `
  permit (principal, action == Action::"run_script", resource);

  permit (principal in Role::"developer", action == Action::"call_tool", resource == Tool::"deploy")
  when { context.args.stage == "test" };

  @id("freeze")
  forbid (principal, action, resource == Tool::"deploy") when { context.args has force && context.args.force };
`;
const limits = await createCedarPolicy({ policies: [{ name: 'deploy.cedar', text }] });

const deploy = defineTool({ name: 'deploy', inputSchema: { type: 'object' }, call: () => 'deployed' });
const codeMode = await createCodeMode({ tools: [deploy], limits });

const script = `
return [
    deploy(stage="test"),
    attempt(deploy, stage="live").error.code,
    attempt(deploy, stage="test", force=True).error.code,
]
`;
const caller = { id: 'alice', claims: { roles: ['developer'] } };
const outcome = await codeMode.run({ script, caller });
console.log(outcome.ok ? outcome.text : outcome.error);

const guest = await codeMode.run({ script, caller: { id: 'guest' } });
console.log(guest.ok ? guest.text : guest.error.code);
await codeMode.close();

//> ["deployed","tool/denied","tool/denied"]
//> script/name
