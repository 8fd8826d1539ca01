/** Lets a plain `node -r` process run the sources: for tests that must start, and kill, a process of their own. */
const { createHash } = require('node:crypto');
const { existsSync, mkdirSync, readFileSync, renameSync, writeFileSync } = require('node:fs');
const Module = require('node:module');
const { tmpdir } = require('node:os');
const { join } = require('node:path');
const { threadId } = require('node:worker_threads');

const root = join(__dirname, '..', '..');
const cache = join(tmpdir(), `rapport-sources-${process.getuid?.() ?? 'user'}`);
mkdirSync(cache, { recursive: true });

const OPTIONS = {
  jsc: {
    target: 'es2022',
    parser: { syntax: 'typescript', decorators: true },
    transform: { legacyDecorator: true, decoratorMetadata: true, useDefineForClassFields: false },
    keepClassNames: true,
  },
  module: { type: 'commonjs' },
};

const translated = (source, filename) => {
  const kept = join(cache, `${createHash('sha256').update(filename).update(source).digest('hex')}.cjs`);
  if (existsSync(kept)) return readFileSync(kept, 'utf8');
  const { code } = require('@swc/core').transformSync(source, { ...OPTIONS, filename });
  const own = `${kept}.${process.pid}.${threadId}`; // two threads of one process may translate the same file at once
  writeFileSync(own, code);
  renameSync(own, kept);
  return code;
};

Module._extensions['.ts'] = (module, filename) => {
  module._compile(translated(readFileSync(filename, 'utf8'), filename), filename);
};

const ALIAS = /^@rapport\/(.*)$/;
const resolve = Module._resolveFilename;
Module._resolveFilename = function (request, ...rest) {
  const [, door] = ALIAS.exec(request) ?? [];
  if (door === undefined) return resolve.call(this, request, ...rest);
  const file = join(root, 'libs', `${door}.ts`);
  return existsSync(file) ? file : join(root, 'libs', door, 'index.ts');
};
