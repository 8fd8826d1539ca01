import { Count, Event, Flag, Id, Instant, OneOf, Optional, Personal, SomeOf, Text } from '@rapport/kernel';
import { CompanySize, ContactRole, CustomerGrade, ProfileField, RegistrationSource } from './customer.values';

abstract class OfCustomer extends Event {
  @Id() customerId!: string;
}
abstract class OfContact extends OfCustomer {
  @Id() contactId!: string;
}

/** The customer became known; the relationship begins in ACQUISITION (SYS-01.1). */
export class CustomerRegistered extends OfCustomer {
  @Text(200) @Personal('customerId') name!: string;
  @Text(100) industry!: string;
  @Optional() @OneOf(CompanySize) size?: CompanySize;
  @Optional() @Text(60) @Personal('customerId') taxId?: string;
  @OneOf(RegistrationSource) source!: RegistrationSource;
  @OneOf(CustomerGrade) grade!: CustomerGrade;
  @Flag() keyAccount!: boolean;
  @Flag() strategicPartner!: boolean;
  @Text(60) zone!: string;
  @Instant() registeredAt!: string;
}
/** One field of the profile says something else now; who said so and why stands with it (SYS-01.2). */
export class CustomerProfileUpdated extends OfCustomer {
  @OneOf(ProfileField) field!: ProfileField;
  @Optional() @Text(500) from?: string;
  @Text(500) to!: string;
  @Text(120) source!: string;
  @Optional() @Text(500) reason?: string;
}
/** A person in the customer's house became a contact with a place in the decision chain (SYS-02.1). */
export class ContactAdded extends OfContact {
  @Text(120) @Personal('customerId') name!: string;
  @SomeOf(ContactRole) roles!: readonly ContactRole[];
  /** The place in the decision chain: 1 has the most influence. */
  @Count(1, 99) influence!: number;
  @Optional() @Text(60) @Personal('customerId') phone?: string;
  @Optional() @Text(200) @Personal('customerId') email?: string;
  @Optional() @Text(100) @Personal('customerId') wecomId?: string;
}
/** A contact is called or reached otherwise; only what changed is named (SYS-02). */
export class ContactUpdated extends OfContact {
  @Optional() @Text(120) @Personal('customerId') name?: string;
  @Optional() @Text(60) @Personal('customerId') phone?: string;
  @Optional() @Text(200) @Personal('customerId') email?: string;
  @Optional() @Text(100) @Personal('customerId') wecomId?: string;
}
/** A contact decides other things now, or has another place in the decision chain (SYS-02.1). */
export class ContactRoleAssigned extends OfContact {
  @SomeOf(ContactRole) from!: readonly ContactRole[];
  @SomeOf(ContactRole) to!: readonly ContactRole[];
  @Count(1, 99) influenceBefore!: number;
  @Count(1, 99) influence!: number;
}
/** A contact is no longer one; the roles it leaves are named (SYS-02.2). */
export class ContactDeactivated extends OfContact {
  @SomeOf(ContactRole) roles!: readonly ContactRole[];
  @Optional() @Text(500) reason?: string;
}
