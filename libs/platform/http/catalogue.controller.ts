import { Controller, Get, Inject } from '@nestjs/common';
import { fieldsOf, versionOf, type Class } from '@rapport/kernel';
import { Application } from '../application';
import { columnsTold } from '../columns';
import { filtersOf } from './selection';

/** What can be wanted, what can happen and what can be asked. */
@Controller('catalogue')
export class CatalogueController {
  constructor(@Inject(Application) private readonly application: Application) {}

  @Get()
  all() {
    const { aggregates, readModels, questions, policies } = this.application.plan;
    return {
      aggregates: aggregates.map(({ name, id, commands, events }) => ({
        ...{ name, stream: `${name}-{${id}}` },
        commands: Object.keys(commands),
        events: Object.entries(events).map(([type, messageClass]) => eventOf(type, messageClass)),
      })),
      readModels: readModels.map((model) => ({
        ...{ question: model.question, model: model.name, about: model.about, history: model.past !== null },
        ...{ per: model.per, columns: columnsTold(model.table) },
        filters: [...filtersOf(model).keys()],
      })),
      reports: questions.map(({ name, about }) => ({ name, about })),
      policies: policies.map(({ name, about }) => ({ name, about })),
    };
  }
}

const eventOf = (type: string, messageClass: Class) => ({
  ...{ type, version: versionOf(messageClass) },
  personal: fieldsOf(messageClass).flatMap(({ name, subject }) => (subject === undefined ? [] : [name])),
});
