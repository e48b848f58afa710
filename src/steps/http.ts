import { defineStepType } from '../engine/contracts/step-type.ts';

/** The first line of a request. */
export interface HttpBody {
  readonly method: string;
  /** Absolute, or beginning with an input such as `{{base}}`. */
  readonly url: string;
}

const REQUEST = /^\s*(GET|HEAD|POST|PUT|PATCH|DELETE|OPTIONS)\s+((?:https?:\/\/|\{\{)\S+)/;

/** A request that asks to be sent. */
export const http = defineStepType<HttpBody>({
  name: 'http',
  summary: 'Sends the request of a fence `http` that is annotated `run`.',
  quoting: 'http',
  human: false,
  content: 'http',
  called: 'a request',
  takes: ['run', 'doing', 'fence'],
  reachesOut: true,
  captures: 'answered',
  detect(block) {
    if (block.kind !== 'fence' || block.content.kind !== 'http' || !block.annotations.run) {
      return undefined;
    }
    const request = REQUEST.exec(block.content.text.replace(/^(?:\s*#.*\n)+/, ''));
    if (!request) return undefined;
    const method = request[1] ?? 'GET';
    return {
      body: { method, url: request[2] ?? '' },
      why: 'fence `http` that asks to be run',
      effect:
        method === 'DELETE'
          ? 'destroys'
          : /^(?:GET|HEAD|OPTIONS)$/.test(method)
            ? 'reads'
            : 'writes',
      effectWhy:
        method === 'DELETE'
          ? '`DELETE` takes something away'
          : /^(?:GET|HEAD|OPTIONS)$/.test(method)
            ? ''
            : `it sends a ${method}`,
      effectRecorded: true,
    };
  },
  async *run(step, _body, context) {
    const { runHttp } = await import('./http/run.ts');
    return yield* runHttp(step, context);
  },
  examples: [
    {
      markdown: '```http run\nGET https://example.org/health\n```',
      body: { method: 'GET', url: 'https://example.org/health' },
    },
    { markdown: '```http\nGET /users/1\n```', body: null },
  ],
});
