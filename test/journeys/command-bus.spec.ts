import 'reflect-metadata';
import { CommandBus } from '@nestjs/cqrs';
import { Refusal, type CommandResult } from '@rapport/kernel';
import { dispatch, sentAs } from '@rapport/platform';
import { Edge } from '../support/edge';
import { CheckIn, CheckOut, hotel } from '../support/small-hotel';

const NOW = '2024-03-01T09:00:00.000Z';
let edge: Edge;
let bus: CommandBus;
beforeAll(async () => {
  edge = await Edge.of(hotel(() => NOW));
  bus = edge.app.get(CommandBus);
});
afterAll(() => edge.stop());

const envelope = {
  ...{ commandId: 'c-1', correlationId: 'talk-1', actor: { id: 'sue', role: 'SUPERVISOR' } },
  ...{ source: 'job', now: NOW },
};

describe("Nest's command bus", () => {
  it('is a typed door for other Nest code', async () => {
    const command = CheckIn.of({ guestId: 'ann', name: 'Ann', room: 'SINGLE', nights: 1 });
    const result: CommandResult = await dispatch(bus, command, envelope);
    expect(result).toMatchObject({ events: ['GuestArrived'], repeated: false });
    expect((await edge.application.store.read('stay-ann'))[0]?.meta).toMatchObject({
      ...{ commandId: 'c-1', actorId: 'sue', source: 'job' },
    });
  });

  it('does a command once, however it comes in', async () => {
    const command = CheckIn.of({ guestId: 'ann', name: 'Ann', room: 'SINGLE', nights: 1 });
    expect(await bus.execute(sentAs(command, envelope))).toMatchObject({ repeated: true });
  });

  it('takes the system for the sender when nobody says who it is', async () => {
    await dispatch(bus, CheckOut.of({ guestId: 'ann' }));
    expect((await edge.application.store.read('stay-ann'))[1]?.meta).toMatchObject({
      ...{ actorId: 'system', actorRole: 'SYSTEM', source: 'nest' },
    });
  });

  it('throws what the business refuses', async () => {
    const command = CheckIn.of({
      guestId: 'bob',
      name: 'B',
      room: 'SINGLE',
      nights: 1,
      arrivedAt: '2999-01-01T00:00:00.000Z',
    });
    await expect(dispatch(bus, command, { ...envelope, commandId: 'c-2' })).rejects.toThrow(Refusal);
  });
});
