#!/usr/bin/env node
import 'reflect-metadata';
import { run } from './program';
import { processTerminal } from './terminal';

void run(process.argv.slice(2), processTerminal()).then((code) => {
  process.exitCode = code;
});
