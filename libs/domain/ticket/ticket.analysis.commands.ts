import { Day, Flag, Id, Instant, OneOf, Optional, Part, Text } from '@rapport/kernel';
import { SpokenComplaint } from '../complaint/complaint.values';
import {
  AlternativeAnswer,
  HandlingSuggestion,
  RationalityVerdict,
  ToldResources,
} from './ticket.analysis.values';
import { ForTicket } from './ticket.identity.values';
import { Department, TicketType } from './ticket.values';

abstract class ForAssessment extends ForTicket {
  /** Settles the type or corrects it: the ticket is then classified in the same decision (template 2). */
  @Optional() @OneOf(TicketType) type?: TicketType;
  /** Only where the type becomes COMPLAINT. */
  @Optional() @Part(SpokenComplaint) complaint?: SpokenComplaint;
  @OneOf(RationalityVerdict) verdict!: RationalityVerdict;
  @Flag() inScope!: boolean;
  @Flag() matchesIndustryNorm!: boolean;
  @Flag() operable!: boolean;
  /** Needed with NO and PARTIAL, and with YES where a test failed. */
  @Optional() @Text(2000) reason?: string;
  @OneOf(HandlingSuggestion) suggestionCode!: HandlingSuggestion;
  @Text(2000) suggestionText!: string;
  /** What is to be offered instead, or meanwhile; with NO and PARTIAL this or `noAlternative`. */
  @Optional() @Text(2000) alternative?: string;
  /** It was looked for and there is none. */
  @Optional() @Flag() noAlternative?: boolean;
  @Part(ToldResources) resources!: ToldResources;
  @OneOf(Department) responsibleDepartment!: Department;
  @Id() analystId!: string;
  /** Not before the day it was raised and not after today, by the customer's calendar. */
  @Day() analysedOn!: string;
  /** Default: as it was taken in, or weighed before. */
  @Optional() @Flag() isComplex?: boolean;
  /** Only for a function (SYS-13.6). */
  @Optional() @Text(200) roadmapPosition?: string;
}
/** Weigh a classified need: verdict and tests, suggestion, resources, who does it (SYS-13.1, template 2). */
export class AnalyseTicket extends ForAssessment {}
/** Weigh it anew, in full; the version before stays (SYS-13.5). */
export class ReviseAnalysis extends ForAssessment {
  @Text(500) revisionReason!: string;
}
/** Note that the customer was told a verdict of NO or PARTIAL, with its reason (SYS-13.2, C-13) (added). */
export class TellVerdict extends ForTicket {
  @Instant() toldAt!: string;
  /** The call or mail in which it was told. */
  @Optional() @Id() interactionId?: string;
}
/** Offer something else to the customer; several may be offered (SYS-13, R-65). */
export class OfferAlternative extends ForTicket {
  @Id() alternativeId!: string;
  @Text(2000) alternative!: string;
  @Instant() offeredAt!: string;
  @Optional() @Id() interactionId?: string;
}
/** Note what the customer says to an alternative; whoever insists on the first wish sets the risk plan in motion (SYS-13). */
export class RecordAlternativeAnswer extends ForTicket {
  @Id() alternativeId!: string;
  @OneOf(AlternativeAnswer) answer!: AlternativeAnswer;
  /** In the customer's own words. */
  @Optional() @Text(2000) words?: string;
  /** Only with REJECTED. */
  @Optional() @Flag() insists?: boolean;
  @Instant() answeredAt!: string;
  @Optional() @Id() interactionId?: string;
}
