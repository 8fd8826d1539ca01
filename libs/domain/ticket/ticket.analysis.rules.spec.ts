import { Amount, hydrate } from '@rapport/kernel';
import { scenario } from '@rapport/kernel/spec';
import * as c from './ticket.analysis.commands';
import * as e from './ticket.analysis.events';
import { CONTRADICTIONS, type Assessment } from './ticket.analysis.rules';
import { isYesProposed, ToldResources } from './ticket.analysis.values';
import { ticket } from './ticket.decider';
import {
  NOW,
  analyse,
  assessment,
  needed,
  people,
  registered,
  registeredAs,
  stored,
  uma,
  without,
} from './ticket.weighed.story';

const { given } = scenario(ticket, { now: NOW, actor: uma });
const known = { customer: { stage: 'known', profile: { ZONE: 'Asia/Shanghai' }, contacts: {} } };

describe('an assessment does not contradict itself', () => {
  it('PARTIAL without an alternative is refused, and so is NO (WE-01 e)', () => {
    given(registered).when(without('alternative'), known).thenRefused('ALTERNATIVE_MISSING');
    given(registered)
      .when(c.AnalyseTicket.of({ ...without('alternative'), verdict: 'NO' }), known)
      .thenRefused('ALTERNATIVE_MISSING');
  });
  it('"there is none" is an answer, too', () => {
    const none = c.AnalyseTicket.of({ ...without('alternative'), verdict: 'NO', noAlternative: true });
    const { alternative: _, ...rest } = stored;
    given(registered)
      .when(none, known)
      .then(e.TicketAnalysed.of({ ...rest, verdict: 'NO', noAlternative: true, alternativeRequired: false }));
  });
  it('what cannot be done cannot be satisfied at once', () => {
    given(registered)
      .when(analyse({ verdict: 'NO', suggestionCode: 'IMMEDIATELY_SATISFIABLE' }), known)
      .thenRefused('CONTRADICTORY_ASSESSMENT');
  });
  it('a reason is given with NO and PARTIAL, and with YES in spite of a failed test', () => {
    given(registered).when(without('reason'), known).thenRefused('REASON_MISSING');
    given(registered)
      .when(c.AnalyseTicket.of({ ...without('reason'), verdict: 'YES' }), known)
      .thenRefused('REASON_MISSING');
    const yes = { ...without('reason', 'alternative'), verdict: 'YES', operable: true } as const;
    const { reason: _, alternative: __, ...rest } = stored;
    given(registered)
      .when(c.AnalyseTicket.of(yes), known)
      .then(
        e.TicketAnalysed.of({
          ...{ ...rest, verdict: 'YES', operable: true, mustBeTold: false, alternativeRequired: false },
        }),
      );
  });
  it('numbers of people are nothing or more, and every department is named', () => {
    const few = (n: number) => hydrate(ToldResources, { people: [{ department: 'RND', people: n }] });
    expect(() =>
      given(registered)
        .when(analyse({ resources: few(-1) }), known)
        .thenNothing(),
    ).toThrow(/people/);
    expect(() =>
      given(registered)
        .when(analyse({ responsibleDepartment: '' as 'RND' }), known)
        .thenNothing(),
    ).toThrow(/responsibleDepartment/);
  });
  it('and what is counted twice, owed to us, or planned without being a function is refused by its name', () => {
    const resources = (more: object) => analyse({ resources: hydrate(ToldResources, { people, ...more }) });
    const twice = resources({ people: [...people, needed('PRODUCT', 1)] });
    given(registered).when(twice, known).thenRefused('DEPARTMENT_REPEATED');
    const owed = resources({ budget: hydrate(Amount, { minor: -1, currency: 'CNY' }) });
    given(registered).when(owed, known).thenRefused('BUDGET_NEGATIVE');
    given(registeredAs({ type: 'SERVICE' }))
      .when(analyse({ roadmapPosition: 'Q3' }), known)
      .thenRefused('NOT_A_FUNCTION');
  });

  const sound: Assessment = {
    ...{ ...assessment, type: 'FUNCTIONAL', resources: { people } },
  };
  const broken: Readonly<Record<string, Partial<Assessment>>> = {
    'what cannot be done cannot be satisfied at once': {
      ...{ verdict: 'NO', suggestionCode: 'IMMEDIATELY_SATISFIABLE' },
    },
    'an alternative is named and there is none: say one of the two': { noAlternative: true },
    'a budget is nothing or more': { resources: { people, budget: { minor: -1 } } },
    'each department stands in the resources once, with all its people': {
      resources: { people: [...people, needed('PRODUCT', 1)] },
    },
    'only a FUNCTIONAL need has a place on the roadmap': { type: 'SERVICE', roadmapPosition: 'Q3' },
  };
  it.each(Object.entries(broken))('%s', (sentence, change) => {
    const holding = (of: Assessment) =>
      CONTRADICTIONS.filter(({ when }) => when(of)).map((one) => one.sentence);
    expect(holding(sound)).toEqual([]);
    expect(holding({ ...sound, ...change })).toEqual([sentence]);
  });
  it('YES is proposed when all three tests are passed, and only then', () => {
    const passed = { inScope: true, matchesIndustryNorm: true, operable: true };
    expect(isYesProposed(passed)).toBe(true);
    for (const test of Object.keys(passed)) expect(isYesProposed({ ...passed, [test]: false })).toBe(false);
  });
});
