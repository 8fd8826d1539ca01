import type { DataOf } from '@rapport/kernel';
import type * as events from './ticket.analysis.events';
import type { AlternativeAnswer } from './ticket.analysis.values';

type Assessed = DataOf<typeof events.TicketAnalysed>;
/** The assessment that holds now, and what has been offered to the customer. */
export interface Analysis extends Pick<
  Assessed,
  'version' | 'verdict' | 'reason' | 'alternative' | 'isComplex' | 'mustBeTold' | 'responsibleDepartment'
> {
  readonly offered: readonly Offered[];
}
/** Something that was offered, and what the customer said; null: nothing yet. */
export interface Offered {
  readonly alternativeId: string;
  /** The version of the assessment that it was offered after. */
  readonly version: number;
  readonly offeredAt: string;
  readonly answer: AlternativeAnswer | null;
}
type Was = Analysis | undefined;
type Answered = Pick<DataOf<typeof events.AlternativeAccepted>, 'alternativeId'>;

/** How events move it. */
export const analysisMoves = {
  TicketAnalysed: (_: Was, assessed: Assessed): Analysis => held(assessed, []),
  TicketAnalysisRevised: (was: Was, revised: DataOf<typeof events.TicketAnalysisRevised>): Analysis =>
    held(revised, made(was).offered),
  VerdictTold: (was: Was, _: DataOf<typeof events.VerdictTold>): Analysis => ({
    ...made(was),
    mustBeTold: false,
  }),
  AlternativeOffered: (
    was: Was,
    { alternativeId, version, offeredAt }: DataOf<typeof events.AlternativeOffered>,
  ): Analysis => ({
    ...made(was),
    mustBeTold: false,
    offered: [...made(was).offered, { alternativeId, version, offeredAt, answer: null }],
  }),
  AlternativeAccepted: (was: Was, answered: Answered): Analysis =>
    withAnswer(made(was), answered, 'ACCEPTED'),
  AlternativeRejected: (was: Was, answered: Answered): Analysis =>
    withAnswer(made(was), answered, 'REJECTED'),
};

const held = (
  { version, verdict, reason, alternative, isComplex, mustBeTold, responsibleDepartment }: Assessed,
  offered: Analysis['offered'],
): Analysis => ({
  ...{ version, verdict, isComplex, mustBeTold, offered, responsibleDepartment },
  ...(reason !== undefined && { reason }),
  ...(alternative !== undefined && { alternative }),
});
const withAnswer = (was: Analysis, { alternativeId }: Answered, answer: AlternativeAnswer): Analysis => ({
  ...was,
  offered: was.offered.map((one) => (one.alternativeId === alternativeId ? { ...one, answer } : one)),
});
/** The log holds nothing of an assessment before it was made. */
const made = (was: Was): Analysis => {
  if (!was) throw new Error('the assessment has a history but was never made');
  return was;
};
