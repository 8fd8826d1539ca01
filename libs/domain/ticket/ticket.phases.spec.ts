import { hydrate } from '@rapport/kernel';
import * as c from './ticket.deviation.commands';
import {
  acceptPhase,
  answer,
  assess,
  CORE_PHASE,
  CUSTOMER,
  declare,
  EXTENSION_PHASE,
  id,
  issue,
  plan,
  register,
  rejectPhase,
  shanghai,
  sort,
} from './ticket.deviation.story';
import { AcceptancePhase } from './ticket.deviation.values';
import { TicketStory } from './ticket.story';

const NOW = shanghai('03-13', '18:00');
const define = (...phases: AcceptancePhase[]) => c.DefineAcceptancePhases.of({ ...id, phases });
const after = (...commands: object[]) => {
  const story = new TicketStory(CUSTOMER);
  for (const command of [register, ...commands]) story.when(NOW, command);
  return story;
};
const phased = () => after(plan, define(CORE_PHASE, EXTENSION_PHASE));

describe('phases of acceptance', () => {
  it('are defined for a plan, with criteria', () => {
    const [event] = after(plan).when(NOW, define(CORE_PHASE, EXTENSION_PHASE));
    expect(event?.data).toMatchObject({ phaseSet: 1, phases: [CORE_PHASE, EXTENSION_PHASE], definedAt: NOW });
    expect(after().names(NOW, define(CORE_PHASE))).toBe('PLAN_REQUIRED');
    expect(after(plan).names(NOW, define())).toBe('PHASE_REQUIRED');
    const vague = hydrate(AcceptancePhase, { ...CORE_PHASE, criteria: [] });
    expect(after(plan).names(NOW, define(vague))).toBe('PHASE_WITHOUT_CRITERIA');
  });
  it('may be defined anew until one of them is accepted or promised', () => {
    const story = phased();
    expect(story.names(NOW, define(CORE_PHASE, EXTENSION_PHASE))).toEqual([]);
    expect(story.when(NOW, define(CORE_PHASE))[0]?.data).toMatchObject({ phaseSet: 2 });
    story.when(NOW, acceptPhase(1));
    expect(story.names(NOW, define(EXTENSION_PHASE))).toBe('PHASES_BEGUN');
    const promised = after(plan, declare(1, 'TECHNICAL', 'SALES'), sort(1, 1), assess('item-1'), issue());
    promised.when(NOW, answer(true));
    expect(promised.names(NOW, define(CORE_PHASE))).toBe('PHASES_PROMISED');
  });
  it('are accepted one after the other, each once', () => {
    const story = phased();
    expect(story.names(NOW, acceptPhase(2))).toBe('PHASE_OUT_OF_ORDER');
    const [first] = story.when(NOW, acceptPhase(1));
    expect(first?.data).toMatchObject({
      phase: 1,
      phases: 2,
      name: 'core',
      evidenceId: 'paper-1',
      last: false,
    });
    expect(story.names(NOW, acceptPhase(1))).toEqual([]);
    expect(story.when(NOW, acceptPhase(2))[0]?.data).toMatchObject({ phase: 2, last: true });
    expect(story.names(NOW, acceptPhase(3))).toBe('PHASE_UNKNOWN');
    expect(after(plan).names(NOW, acceptPhase(1))).toBe('PHASES_UNDEFINED');
  });
  it('are rejected with a reason, as often as it takes', () => {
    const story = phased();
    expect(story.names(NOW, rejectPhase(2))).toBe('PHASE_OUT_OF_ORDER');
    expect(story.when(NOW, rejectPhase(1))[0]?.data).toMatchObject({ reason: 'it is slow', rejections: 1 });
    expect(story.when(NOW, rejectPhase(1))[0]?.data).toMatchObject({ rejections: 2 });
    story.when(NOW, acceptPhase(1));
    expect(story.names(NOW, rejectPhase(1))).toBe('PHASE_ACCEPTED');
    expect(story.when(NOW, rejectPhase(2))[0]?.data).toMatchObject({ phase: 2, rejections: 1 });
  });
  it('are accepted neither before the ticket was raised nor in the future', () => {
    const at = (acceptedAt: string) => c.AcceptPhase.of({ ...acceptPhase(1), acceptedAt });
    expect(phased().names(NOW, at(shanghai('03-13', '18:01')))).toBe('IN_FUTURE');
    expect(phased().names(NOW, at(shanghai('03-01', '18:01')))).toBe('BEFORE_RAISED');
    const [event] = phased().when(NOW, at(shanghai('03-13', '17:00')));
    expect(event?.at).toBe(shanghai('03-13', '17:00'));
  });
});
