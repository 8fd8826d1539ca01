import { Inject, Injectable, type CanActivate, type ExecutionContext } from '@nestjs/common';
import type { FastifyRequest } from 'fastify';
import type { Actor } from '@rapport/kernel';
import { EdgeProblem } from '../problem';
import { Settings } from '../settings';

/**
 * `@UseGuards(OperatorsOnly)` on a controller or a route: only who has one of the roles of `RAPPORT_OPERATOR_ROLES` gets
 * through, since what operators do concerns everybody's answers (replay and rebuild: operators execute). Others get 403.
 */
@Injectable()
export class OperatorsOnly implements CanActivate {
  private readonly roles: ReadonlySet<string>;

  constructor(@Inject(Settings) { RAPPORT_OPERATOR_ROLES: roles }: Settings) {
    this.roles = new Set(roles.map((role) => role.trim()));
  }

  canActivate(context: ExecutionContext): true {
    const { role } = context.switchToHttp().getRequest<FastifyRequest>().actor;
    if (this.roles.has(role)) return true;
    const roles = [...this.roles].join(', ');
    throw new EdgeProblem(403, 'OPERATORS_ONLY', `${role} does not operate this service: ${roles} may`);
  }
}

/** As operators are named in what is kept of their wishes: `ann (OPERATOR)`. */
export const operatorName = ({ id, role }: Actor): string => `${id} (${role})`;
