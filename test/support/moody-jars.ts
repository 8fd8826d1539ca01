import { integer, projection, rollup } from '@rapport/kernel';
import { jarEvents } from './jars';

/** A read model of jars, with a past and figures, which cannot read what `cannotRead` answers an error for. */
export const moodyJars = (name = 'moody') => {
  const mood: { cannotRead: (jarId: string, drops: number) => Error | null } = { cannotRead: () => null };
  const model = projection(jarEvents, {
    ...{ name, version: 1, about: 'What is in each jar, if it can be told?', key: 'jarId', history: true },
    columns: { fills: integer(), drops: integer() },
  }).on({
    JarOpened: () => ({}),
    JarFilled: ({ fills, drops: before }, { jarId, drops }) => {
      const error = mood.cannotRead(jarId, drops);
      if (error) throw error;
      return { fills: fills + 1, drops: before + drops };
    },
    JarSealed: () => null,
  });
  const figures = rollup(model, {
    ...{ name: `${name}-figures`, version: 1, by: { used: ({ fills }) => String(fills > 0) } },
    sums: { drops: ({ drops }) => drops },
  });
  return { mood, model, figures };
};
