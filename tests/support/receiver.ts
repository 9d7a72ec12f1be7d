import { createHmac } from 'node:crypto';
import { once } from 'node:events';
import { createServer, type IncomingHttpHeaders, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { z } from 'zod';
import { type DeliveryBody, deliverySchema } from '#app/webhooks-views.ts';

type Received<T = DeliveryBody> = {
  readonly headers: IncomingHttpHeaders;
  readonly text: string;
  readonly body: T;
};

export type Receiver<T = DeliveryBody> = {
  readonly url: string;
  readonly received: Received<T>[];
  /** What the receiver does with what comes; answers 204 unless set. */
  react: (response: ServerResponse, count: number) => void;
  readonly close: () => Promise<void>;
};

/** Another system that takes our changes, on a free port of 127.0.0.1. */
export const openReceiver = (): Promise<Receiver> => openReceiverOf(deliverySchema);

/** The same for what is sent in another shape. */
export const openReceiverOf = async <T>(schema: z.ZodType<T>): Promise<Receiver<T>> => {
  const received: Received<T>[] = [];
  const server = createServer((request, response) => {
    let text = '';
    request.setEncoding('utf8');
    request.on('data', (part: string) => {
      text += part;
    });
    request.on('end', () => {
      received.push({ headers: request.headers, text, body: schema.parse(JSON.parse(text)) });
      receiver.react(response, received.length);
    });
  });
  const receiver: Receiver<T> = {
    url: '',
    received,
    react: (response) => response.writeHead(204).end(),
    close: async () => {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  return Object.assign(receiver, { url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/hook` });
};

/** Checks a signature as the description of Standard Webhooks says, with code of its own. */
export const isSignedBy = ({ headers, text }: Received<unknown>, secret: string): boolean => {
  const key = Buffer.from(secret.replace('whsec_', ''), 'base64');
  const content = [headers['webhook-id'], headers['webhook-timestamp'], text].join('.');
  const expected = createHmac('sha256', key).update(content).digest('base64');
  return String(headers['webhook-signature']).split(' ').includes(`v1,${expected}`);
};
