import { Command, Count, Flag, Id, Instant, OneOf, Optional, SomeOf, Text } from '@rapport/kernel';
import { CompanySize, ContactRole, CustomerGrade, ProfileField, RegistrationSource } from './customer.values';

abstract class ForCustomer extends Command {
  @Id() customerId!: string;
}
abstract class ForContact extends ForCustomer {
  @Id() contactId!: string;
}

/** Make a new customer known; one customer per normalized name and industry, and per tax id (SYS-01.1). */
export class RegisterCustomer extends ForCustomer {
  @Text(200) name!: string;
  @Text(100) industry!: string;
  @Optional() @OneOf(CompanySize) size?: CompanySize;
  @Optional() @Text(60) taxId?: string;
  @OneOf(RegistrationSource) source!: RegistrationSource;
  /** Default: PROSPECT. */
  @Optional() @OneOf(CustomerGrade) grade?: CustomerGrade;
  @Optional() @Flag() keyAccount?: boolean;
  @Optional() @Flag() strategicPartner?: boolean;
  /** The customer's IANA time zone. Default: Asia/Shanghai. */
  @Optional() @Text(60) zone?: string;
  /** When it was so in the world. Default: now. */
  @Optional() @Instant() registeredAt?: string;
}
/** Change one field of the profile; a change without a source is refused (SYS-01.2). */
export class UpdateCustomerProfile extends ForCustomer {
  @OneOf(ProfileField) field!: ProfileField;
  @Text(500) value!: string;
  /** Where this is known from. Required, with a refusal of its own: PROVENANCE_REQUIRED. */
  @Optional() @Text(120) source?: string;
  @Optional() @Text(500) reason?: string;
}
/** Add a person to the decision chain; phone, e-mail or WeCom id must be there (SYS-02.1). */
export class AddContact extends ForContact {
  @Text(120) name!: string;
  @SomeOf(ContactRole) roles!: readonly ContactRole[];
  /** 1 has the most influence. Default: after everybody who is there already. */
  @Optional() @Count(1, 99) influence?: number;
  @Optional() @Text(60) phone?: string;
  @Optional() @Text(200) email?: string;
  @Optional() @Text(100) wecomId?: string;
}
/** Change how a contact is called or reached; what is left out stays (SYS-02). */
export class UpdateContact extends ForContact {
  @Optional() @Text(120) name?: string;
  @Optional() @Text(60) phone?: string;
  @Optional() @Text(200) email?: string;
  @Optional() @Text(100) wecomId?: string;
}
/** Give a contact its roles, all of them, and if wanted another place in the decision chain (SYS-02.1). */
export class AssignContactRole extends ForContact {
  @SomeOf(ContactRole) roles!: readonly ContactRole[];
  @Optional() @Count(1, 99) influence?: number;
}
/** Take a contact out of the decision chain (SYS-02.2). */
export class DeactivateContact extends ForContact {
  @Optional() @Text(500) reason?: string;
}
