/** The door for whoever wants something: everything that can be wanted. Two commands of one name would not compile. */
export * from './customer/customer.commands';
export * from './customer/purchase.commands';
export * from './customer/lifecycle.commands';
export * from './retention/churnrisk.commands';
export * from './value/value.commands';
export * from './value/tieringrules.commands';
export * from './ticket/ticket.commands';
export * from './ticket/ticket.tasks.commands';
export * from './ticket/ticket.deviation.commands';
export * from './ticket/ticketregister.commands';
export * from './complaint/complaint.commands';
export * from './privacy/consent.commands';
export * from './interaction/behaviour.commands';
export * from './commitment/commitment.commands';
export * from './sla/escalation.commands';
export * from './interaction/usage.commands';
