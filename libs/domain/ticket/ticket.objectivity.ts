import { reject } from '@rapport/kernel';

/** Wordings that tell what somebody feels, guesses or makes of it, instead of what is so (SYS-12). */
const ENGLISH = [
  ...['feels?', 'felt', 'feelings?', 'thinks?', 'believes?', 'guess(?:es)?', 'supposes?', 'in my opinion'],
  ...[
    'seems?',
    'seemed',
    'seemingly',
    'apparently',
    'presumably',
    'probably',
    'maybe',
    'perhaps',
    'possibly',
  ],
  ...['annoying', 'annoyingly', 'terrible', 'awful', 'horrible', 'ridiculous', 'unreasonable', 'picky'],
  ...['obviously', 'unfortunately', 'sadly'],
];
/** 尽可能, 不可能 and 可能性 tell how far something goes or that it cannot be: they are no guess. */
const CHINESE = [
  ...[
    '感觉',
    '觉得',
    '认为',
    '以为',
    '好像',
    '似乎',
    '也许',
    '大概',
    '或许',
    '恐怕',
    '估计',
    '(?<![尽不])可能(?!性)',
  ],
  ...['显然', '讨厌', '糟糕', '无理'],
];
const SUBJECTIVE = new RegExp(`\\b(?:${ENGLISH.join('|')})\\b|${CHINESE.join('|')}`, 'giu');

/** The subjective words of a summary, each once, in the order in which they stand there. */
export const subjectiveWordsIn = (text: string): readonly string[] => [
  ...new Set([...text.matchAll(SUBJECTIVE)].map(([word]) => word.toLowerCase())),
];

interface Summary {
  readonly distilled?: string;
  readonly distilledOverride?: boolean;
}
/**
 * The objectivity check of a distilled text: reworded, or kept on purpose and then marked with its subjective words.
 * The customer's own words are never looked at: they may be as subjective as they were said.
 */
export const checkedSummary = ({ distilled, distilledOverride }: Summary, field = 'distilled') => {
  const subjectiveWords = distilled === undefined ? [] : subjectiveWordsIn(distilled);
  if (subjectiveWords.length === 0) return {};
  if (distilledOverride === true) return { subjectiveWords };
  const words = subjectiveWords.join(', ');
  const message = `the summary is subjective (${words}): reword it, or keep it with distilledOverride`;
  return reject('SUBJECTIVE_SUMMARY', field, message);
};
