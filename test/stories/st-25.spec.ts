import * as c from '@rapport/domain/commands';
import * as e from '@rapport/domain/events';
import { SpokenComplaint } from '@rapport/domain/values';
import { hydrate, type Actor } from '@rapport/kernel';
import { Stage } from '../support/stage';

/** By the clock in Shanghai, 20 March 2024. */
const at = (time: string) => new Date(`2024-03-20T${time}:00+08:00`).toISOString();
const ANN: Actor = { id: 'ann', role: 'SERVICE_SPECIALIST' };
const ticketId = 't-25';

/** ST-25, public negative post. */
describe('ST-25', () => {
  const stage = new Stage();

  it.todo('1. PublicFeedbackRecorded, reputation flag (waits for the rest of SYS-28)');
  it('1. A negative post on SOCIAL_MEDIA 2024-03-20 08:00: complaint opened, level ≥ SERIOUS if media threat', async () => {
    await stage.at(at('08:00'));
    const customer = { customerId: 'c-25', name: 'C-25', industry: 'Retail', source: 'REFERRAL' } as const;
    await stage.wants(ANN, c.RegisterCustomer.of({ ...customer, zone: 'Asia/Shanghai', grade: 'REGULAR' }));
    const complaint = hydrate(SpokenComplaint, {
      ...{ causes: ['SLOW_RESPONSE'], emotion: 'ANGRY', publicThreat: true },
    });
    const post = { ticketId, customerId: 'c-25', type: 'COMPLAINT', urgency: 'URGENT', complaint } as const;
    const said = {
      channel: 'SOCIAL_MEDIA',
      verbatim: 'the papers will hear of it',
      collectorId: 'ann',
    } as const;
    await stage.wants(ANN, c.RegisterTicket.of({ ...post, ...said, raisedAt: at('08:00') }));
    expect(stage.all(e.ComplaintGraded)).toMatchObject([
      { level: 'MAJOR', reasons: ['law, a regulator or the media are threatened'] },
    ]);
  });

  it('2. First response 1 h: at 09:00 it is still met', async () => {
    const clock = async () => stage.row('sla-status', `${ticketId}|FIRST_RESPONSE|1`);
    expect(await clock()).toMatchObject({ dueAt: at('09:00'), state: 'OPEN' });
    await stage.at(at('09:00'));
    const word = { respondedAt: at('09:00'), direction: 'we call', interactionId: 'post-2' };
    await stage.wants(ANN, c.RecordFirstResponse.of({ ticketId, ...word }));
    expect(await clock()).toMatchObject({ state: 'MET', endedAt: at('09:00') });
  });

  it.todo('3. Closed post is linked to the case (waits for the rest of SYS-28)');
});
