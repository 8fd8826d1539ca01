/** Reads the message classes of the domain from their source: the sentence stands in the docstring, and nowhere else. */
const { readdirSync, readFileSync } = require('node:fs');
const { basename, dirname, join, relative } = require('node:path');
const ts = require('typescript');

const ROOT = join(__dirname, '..');
const DOMAIN = join(ROOT, 'libs/domain');
const SOURCES = /\.(values|events|commands)\.ts$/;
const KINDS = { Event: 'event', Command: 'command' };

const sourcesIn = (folder) =>
  readdirSync(folder, { recursive: true })
    .map((name) => join(folder, String(name)))
    .filter((name) => SOURCES.test(name))
    .sort();

const parsed = (file) => ts.createSourceFile(file, readFileSync(file, 'utf8'), ts.ScriptTarget.Latest, true);

const isExported = (node) => ts.getModifiers(node)?.some(({ kind }) => kind === ts.SyntaxKind.ExportKeyword);
const isAbstract = (node) =>
  ts.getModifiers(node)?.some(({ kind }) => kind === ts.SyntaxKind.AbstractKeyword);
const sentenceOf = (node) => {
  const text = ts.getTextOfJSDocComment(ts.getJSDocCommentsAndTags(node).at(-1)?.comment) ?? '';
  return text.replace(/\s+/g, ' ').trim();
};
const callsOf = (node) =>
  (ts.getDecorators(node) ?? []).map(({ expression }) => ({
    name: (expression.expression ?? expression).getText().replace(/[()]/g, ''),
    text: expression.getText(),
    args: (expression.arguments ?? []).map((argument) => argument.getText()),
  }));

const fieldOf = (member) => {
  const calls = callsOf(member);
  const kind = calls.filter(({ name }) => name !== 'Optional' && name !== 'Personal').map(({ text }) => text);
  return {
    name: member.name.getText(),
    kind: kind.join(' '),
    optional: calls.some(({ name }) => name === 'Optional'),
    personal: calls.find(({ name }) => name === 'Personal')?.args[0]?.slice(1, -1),
    about: sentenceOf(member),
  };
};

const classOf = (node, file) => ({
  name: node.name.text,
  file: relative(ROOT, file).replaceAll('\\', '/'),
  context: basename(dirname(file)),
  sentence: sentenceOf(node),
  open: isExported(node) && !isAbstract(node),
  parent: node.heritageClauses?.[0]?.types[0]?.expression.getText(),
  version: callsOf(node).filter(({ name }) => name === 'Version').length + 1,
  own: node.members
    .filter((member) => ts.isPropertyDeclaration(member) && ts.getDecorators(member))
    .map(fieldOf),
});

/** `export const Urgency = options('URGENT', 'ROUTINE')` */
const optionsIn = (source, file) =>
  source.statements.filter(ts.isVariableStatement).flatMap((statement) =>
    statement.declarationList.declarations
      .filter(
        ({ initializer }) =>
          initializer && ts.isCallExpression(initializer) && initializer.expression.getText() === 'options',
      )
      .map(({ name, initializer }) => ({
        name: name.getText(),
        context: basename(dirname(file)),
        sentence: sentenceOf(statement),
        values: initializer.arguments.map((value) => value.text ?? value.getText()),
      })),
  );

/** All messages with their fields (inherited ones first), the parts they hold, and the words they use. */
const readMessages = () => {
  const sources = sourcesIn(DOMAIN).map((file) => ({ file, source: parsed(file) }));
  const classes = sources.flatMap(({ file, source }) =>
    source.statements.filter(ts.isClassDeclaration).map((node) => classOf(node, file)),
  );
  const parentOf = ({ parent, file }) =>
    classes.find((one) => one.name === parent && one.file === file) ??
    classes.find(({ name }) => name === parent);
  const kindOf = (one) => (one ? (KINDS[one.parent] ?? kindOf(parentOf(one))) : 'part');
  const fieldsOf = (one) => {
    const fields = new Map(
      (one.parent && parentOf(one) ? fieldsOf(parentOf(one)) : []).map((f) => [f.name, f]),
    );
    for (const field of one.own) fields.set(field.name, field);
    return [...fields.values()];
  };
  const messages = classes
    .filter(({ open }) => open)
    .map((one) => ({ ...one, kind: kindOf(one), fields: fieldsOf(one) }));
  return { messages, words: sources.flatMap(({ source, file }) => optionsIn(source, file)) };
};

module.exports = { ROOT, readMessages };
