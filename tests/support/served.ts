import { type ChildProcess, spawn } from 'node:child_process';
import { join } from 'node:path';

const root = join(import.meta.dirname, '../..');

export type SessionCookie = { readonly name: string; readonly value: string; readonly url: string };

/** Opens a session by the link that the server has printed; undefined while it has printed none. */
const sessionOf = async (said: string): Promise<SessionCookie | undefined> => {
  const [link, url] = /(http:\/\/127\.0\.0\.1:\d+\/)entrer\?lien=[\w-]{43}/.exec(said) ?? [];
  if (link === undefined || url === undefined) return undefined;
  const response = await fetch(link, { redirect: 'manual' });
  const [name = '', value = ''] = response.headers.get('set-cookie')?.split(';')[0]?.split('=') ?? [];
  return { name, value, url };
};

export type Served = {
  readonly url: string;
  readonly cookie: SessionCookie;
  readonly stop: () => Promise<void>;
  /** Ends it at once, as a machine that fails does. */
  readonly kill: () => Promise<void>;
};

/** A server of its own on the given folder of data, as a person starts it; on a free port unless one is said. */
export const serve = (data: string, port = '0'): Promise<Served> =>
  new Promise((resolve, reject) => {
    const child: ChildProcess = spawn(
      process.execPath,
      [join(root, 'bin/stacoptim.mjs'), 'serve', '--port', port, '--data', data],
      { cwd: root, stdio: ['ignore', 'ignore', 'pipe'] },
    );
    let said = '';
    const exited = new Promise<void>((done) => child.once('exit', () => done()));
    child.stderr?.on('data', (chunk: Buffer) => {
      said += chunk.toString();
      if (!said.includes('?lien=') || !said.endsWith('\n')) return;
      sessionOf(said).then((cookie) => {
        if (cookie === undefined) return;
        resolve({
          url: cookie.url,
          cookie,
          stop: async () => {
            child.kill('SIGTERM');
            await exited;
          },
          kill: async () => {
            child.kill('SIGKILL');
            await exited;
          },
        });
      }, reject);
      said = '';
    });
    child.once('exit', () => reject(new Error(`the server stopped: ${said}`)));
  });
