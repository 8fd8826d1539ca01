import type { FastifyRequest } from 'fastify';
import type { Application } from '../application';

/** What operators look at: the pattern of the route with the name of the question, never the address, for that holds ids. */
export class RouteNames {
  private readonly questions: ReadonlySet<string>;

  constructor({ plan }: Application) {
    const models = plan.readModels.map(({ question }) => question);
    this.questions = new Set([...models, ...plan.questions.map(({ name }) => name)]);
  }

  of({ routeOptions, params }: FastifyRequest): string {
    const { url } = routeOptions;
    if (url === undefined) return '(none)';
    const { question } = (params ?? {}) as { readonly question?: string };
    return question !== undefined && this.questions.has(question) ? url.replace(':question', question) : url;
  }
}
