import { expect } from 'chai';

import { clientPlaces, type System } from '../../../../adapters/cli/clients/client-places.js';

function files(system: Partial<System>): string[] {
  const whole: System = { platform: 'linux', home: '/home/me', env: {}, folder: '/work', ...system };
  return clientPlaces(whole).map(({ client, level, file }) => `${client} ${level} ${file}`);
}

describe('the places of configurations', () => {
  it('are those of Linux', () => {
    expect(files({})).to.deep.equal([
      'claude-code project /work/.mcp.json',
      'cursor project /work/.cursor/mcp.json',
      'vscode project /work/.vscode/mcp.json',
      'claude-code user /home/me/.claude.json',
      'claude user /home/me/.config/Claude/claude_desktop_config.json',
      'cursor user /home/me/.cursor/mcp.json',
      'vscode user /home/me/.config/Code/User/mcp.json',
      'vscode user /home/me/.config/Code - Insiders/User/mcp.json',
      'windsurf user /home/me/.codeium/windsurf/mcp_config.json',
      'windsurf user /home/me/.codeium/mcp_config.json',
    ]);
  });

  it('follow the variables that move them', () => {
    const env = { XDG_CONFIG_HOME: '/xdg', CLAUDE_CONFIG_DIR: '/cc' };
    expect(files({ env })).to.include.members([
      'claude-code user /cc/.claude.json',
      'claude user /xdg/Claude/claude_desktop_config.json',
      'vscode user /xdg/Code/User/mcp.json',
    ]);
  });

  it('are those of macOS', () => {
    expect(files({ platform: 'darwin', home: '/Users/me' })).to.include.members([
      'claude user /Users/me/Library/Application Support/Claude/claude_desktop_config.json',
      'vscode user /Users/me/Library/Application Support/Code/User/mcp.json',
      'windsurf user /Users/me/.codeium/windsurf/mcp_config.json',
    ]);
  });

  it('are those of Windows, installed in either way', () => {
    const env = { APPDATA: 'C:\\Users\\me\\AppData\\Roaming' };
    expect(files({ platform: 'win32', home: 'C:\\Users\\me', folder: 'C:\\work', env })).to.include.members([
      'claude-code project C:\\work\\.mcp.json',
      'claude-code user C:\\Users\\me\\.claude.json',
      'claude user C:\\Users\\me\\AppData\\Roaming\\Claude\\claude_desktop_config.json',
      'claude user C:\\Users\\me\\AppData\\Local\\Packages\\Claude_pzs8sxrjxfjjc\\LocalCache\\Roaming\\Claude\\claude_desktop_config.json',
      'vscode user C:\\Users\\me\\AppData\\Roaming\\Code\\User\\mcp.json',
    ]);
  });
});
