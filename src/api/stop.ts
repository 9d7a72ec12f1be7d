import type { Server } from 'node:http';

/**
 * Stops a server: nothing new is accepted, what is being answered is answered, and what takes longer than `graceMs` (an
 * upload, a followed job) is cut off.
 */
export const stopGently = async (server: Server, graceMs: number): Promise<void> => {
  const closed = new Promise<void>((resolve) => {
    server.close(() => resolve());
  });
  // A client that keeps its connection would otherwise send one request after the other on it.
  const idle = setInterval(() => server.closeIdleConnections(), 50);
  const cut = setTimeout(() => server.closeAllConnections(), graceMs);
  await closed;
  clearInterval(idle);
  clearTimeout(cut);
};
