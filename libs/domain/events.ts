/** The door for readers and policies: everything that can have happened. Two events of one name would not compile. */
export * from './customer/customer.events';
export * from './customer/purchase.events';
export * from './customer/lifecycle.events';
export * from './retention/churnrisk.events';
export * from './value/value.events';
export * from './value/tieringrules.events';
export * from './ticket/ticket.events';
export * from './ticket/ticket.tasks.events';
export * from './ticket/ticket.deviation.events';
export * from './ticket/ticketregister.events';
export * from './complaint/complaint.events';
export * from './privacy/consent.events';
export * from './interaction/behaviour.events';
export * from './commitment/commitment.events';
export * from './sla/escalation.events';
export * from './interaction/usage.events';
