import { Count, Day, Flag, Id, Instant, OneOf, Optional, Part, Personal, Text } from '@rapport/kernel';
import { HandlingSuggestion, RationalityVerdict, RequiredResources } from './ticket.analysis.values';
import { OfTicket } from './ticket.identity.values';
import { Department } from './ticket.values';

/** An assessment in full, whichever version of it: no reader looks back. */
abstract class OfAssessment extends OfTicket {
  /** 1 at first, one more with each revision. */
  @Count(1, 1e6) version!: number;
  @OneOf(RationalityVerdict) verdict!: RationalityVerdict;
  @Flag() inScope!: boolean;
  @Flag() matchesIndustryNorm!: boolean;
  @Flag() operable!: boolean;
  /** Why not, or not wholly, or why in spite of a test that failed: what the customer is told. */
  @Optional() @Text(2000) @Personal('customerId') reason?: string;
  @OneOf(HandlingSuggestion) suggestionCode!: HandlingSuggestion;
  @Text(2000) @Personal('customerId') suggestionText!: string;
  /** Something else is to be offered instead, or meanwhile. */
  @Flag() alternativeRequired!: boolean;
  /** What that is. */
  @Optional() @Text(2000) @Personal('customerId') alternative?: string;
  /** It was looked for and there is none. */
  @Flag() noAlternative!: boolean;
  @Part(RequiredResources) resources!: RequiredResources;
  /** Who does the work; the lead department faces the customer (C-17). */
  @OneOf(Department) responsibleDepartment!: Department;
  @Id() analystId!: string;
  @Day() analysedOn!: string;
  @Flag() isComplex!: boolean;
  /** Where a function stands on the roadmap, if it does (SYS-13.6). */
  @Optional() @Text(200) roadmapPosition?: string;
  /** A verdict of NO or PARTIAL that the customer has not been told yet: the ticket is not closed before (SYS-13.2, C-13). */
  @Flag() mustBeTold!: boolean;
}
/** The need was weighed: can it be done, how, by whom and with what (SYS-13.1, template 2). */
export class TicketAnalysed extends OfAssessment {}
/** It was weighed anew; the version before stays as it was (SYS-13.5). */
export class TicketAnalysisRevised extends OfAssessment {
  @OneOf(RationalityVerdict) from!: RationalityVerdict;
  /** Why it was weighed anew. */
  @Text(500) revisionReason!: string;
}
/** The customer was told that it cannot be done, or not wholly, and why (SYS-13.2, C-13) (added). */
export class VerdictTold extends OfTicket {
  @OneOf(RationalityVerdict) verdict!: RationalityVerdict;
  /** The version of the assessment that was told. */
  @Count(1, 1e6) version!: number;
  @Optional() @Id() interactionId?: string;
  @Instant() toldAt!: string;
}
/** Something else was offered to the customer; with it the verdict was told (SYS-13.2, R-65). */
export class AlternativeOffered extends OfTicket {
  @Id() alternativeId!: string;
  @Text(2000) @Personal('customerId') alternative!: string;
  @OneOf(RationalityVerdict) verdict!: RationalityVerdict;
  /** The version of the assessment that it follows from. */
  @Count(1, 1e6) version!: number;
  @Optional() @Id() interactionId?: string;
  @Instant() offeredAt!: string;
}
/** The customer takes the alternative (SYS-13). */
export class AlternativeAccepted extends OfTicket {
  @Id() alternativeId!: string;
  /** The version of the assessment that it was offered after. */
  @Count(1, 1e6) version!: number;
  @Optional() @Text(2000) @Personal('customerId') answer?: string;
  @Optional() @Id() interactionId?: string;
  @Instant() answeredAt!: string;
}
/** The customer does not want the alternative (SYS-13). */
export class AlternativeRejected extends OfTicket {
  @Id() alternativeId!: string;
  /** The version of the assessment that it was offered after. */
  @Count(1, 1e6) version!: number;
  @Optional() @Text(2000) @Personal('customerId') answer?: string;
  /** The customer insists on what was wished for at first. */
  @Flag() insists!: boolean;
  @Optional() @Id() interactionId?: string;
  @Instant() answeredAt!: string;
}
