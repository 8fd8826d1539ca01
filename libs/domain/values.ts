/** The door to the words of the business: enumerations, and what they mean. */
export * from './customer/customer.values';
export * from './customer/purchase.values';
export * from './customer/lifecycle.values';
export * from './retention/churnrisk.values';
export * from './value/value.values';
export * from './value/tieringrules.values';
export * from './ticket/ticket.values';
export * from './complaint/complaint.values';
export * from './privacy/consent.values';
export * from './interaction/behaviour.values';
export * from './commitment/commitment.values';
export * from './sla/escalation.values';
export * from './interaction/usage.values';
