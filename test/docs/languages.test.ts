import { spawnSync } from 'node:child_process';
import { copyFileSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { testWith } from '../support/programs';
import { findProgram } from './command-runs';
import { codeBlock, codeBlocks } from './markdown';

const blocks = codeBlocks(readFileSync(join(__dirname, '../../docs/other-languages.md'), 'utf8'));
const VECTORS = join(__dirname, '../../conformance/vectors');

const folder = mkdtempSync(join(tmpdir(), 'edgecrop-languages-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

for (const name of ['object-keys', 'urls', 'signatures']) {
  copyFileSync(join(VECTORS, `${name}.json`), join(folder, `${name}.json`));
}

/** CI has no such compiler, so a machine without one skips the test there as well, and says so. */
function testIfThere(program: string): jest.It {
  if (findProgram(program) !== undefined) return test;
  console.warn(`skipped: ${program} is not on this machine`);
  return test.skip as jest.It;
}

function write(file: string, code: string): void {
  writeFileSync(join(folder, file), code);
}

function run(program: string, ...args: string[]): string {
  const { status, stdout, stderr, error } = spawnSync(program, args, {
    cwd: folder,
    encoding: 'utf8',
    env: {
      ...process.env,
      GOFLAGS: '-mod=mod',
      GOPROXY: 'off',
      GO111MODULE: 'on',
      GOCACHE: join(folder, '.go'),
    },
  });
  if (status !== 0)
    throw new Error(`${program} ended with ${status}: ${stdout}${stderr}${error?.message ?? ''}`);
  return stdout;
}

testWith('python3', findProgram('python3'))(
  'the Python of docs/other-languages.md makes what the vectors say',
  () => {
    write('edgecrop.py', codeBlock(blocks, 'python edgecrop.py'));
    write('example.py', codeBlock(blocks, 'python example.py'));
    write(
      'check.py',
      `import json
from edgecrop import image_url, sign_url, signature

load = lambda name: json.load(open(name, encoding="utf-8"))
for vector in load("object-keys.json"):
    assert image_url("https://a", vector["key"]) == "https://a" + vector["path"], vector
for vector in load("urls.json"):
    assert image_url(vector["base"], vector["key"], **vector["params"]) == vector["url"], vector
signatures, signed = load("signatures.json"), 0
for vector in signatures["signatures"]:
    key, expires = signatures["keys"][vector["key"]], vector["expires"]
    assert signature(vector["stringToSign"], key) == vector["signature"], vector
    # image_url writes normal forms alone, and sign_url signs those.
    path_and_query = vector["stringToSign"].split("\\n")[-1].rstrip("?")
    if vector["url"] == "https://cdn.example.com" + path_and_query:
        assert sign_url(vector["url"], key, expires) == vector["signed"], vector
        signed += 1
print(signed)
`,
    );
    expect(run('python3', 'check.py')).toBe('6\n');
    expect(run('python3', 'example.py')).toBe(codeBlock(blocks, 'text example.py'));
  },
);

testIfThere('go')('the Go of docs/other-languages.md makes what the vectors say', () => {
  write('go.mod', 'module edgecrop\n');
  write('edgecrop.go', codeBlock(blocks, 'go edgecrop.go'));
  write(
    'edgecrop_test.go',
    `package edgecrop

import (
	"encoding/json"
	"fmt"
	"os"
	"strings"
	"testing"
)

func load(name string, into any) {
	text, _ := os.ReadFile(name)
	if err := json.Unmarshal(text, into); err != nil {
		panic(err)
	}
}

func TestVectors(t *testing.T) {
	var keys []struct{ Key, Path string }
	load("object-keys.json", &keys)
	for _, v := range keys {
		if got := ImageURL("https://a", v.Key, nil); got != "https://a"+v.Path {
			t.Error(got, v)
		}
	}
	var urls []struct {
		Base, Key, URL string
		Params         map[string]any
	}
	load("urls.json", &urls)
	for _, v := range urls {
		params := map[string]string{}
		for name, value := range v.Params {
			switch value := value.(type) {
			case nil:
				params[name] = ""
			case string:
				params[name] = value
			case float64:
				params[name] = fmt.Sprintf("%.6g", float64(int(value*1000+0.5))/1000)
			default:
				continue
			}
		}
		if len(params) < len(v.Params) {
			continue
		}
		if got := ImageURL(v.Base, v.Key, params); got != v.URL {
			t.Error(got, v)
		}
	}
	var signatures struct {
		Keys       map[string]string
		Signatures []struct {
			URL, Key, StringToSign, Signature, Signed string
			Expires                                   *int64
		}
	}
	load("signatures.json", &signatures)
	signed := 0
	for _, v := range signatures.Signatures {
		key := signatures.Keys[v.Key]
		if got := Signature(v.StringToSign, key); got != v.Signature {
			t.Error(got, v)
		}
		lines := strings.Split(v.StringToSign, "\\n")
		if v.URL != "https://cdn.example.com"+strings.TrimSuffix(lines[len(lines)-1], "?") {
			continue
		}
		var expires int64
		if v.Expires != nil {
			if expires = *v.Expires; expires == 0 {
				continue
			}
		}
		if got, err := SignURL(v.URL, key, expires); err != nil || got != v.Signed {
			t.Error(got, err, v)
		}
		signed++
	}
	if len(keys) < 10 || len(urls) < 10 || signed != 5 {
		t.Error(len(keys), len(urls), signed)
	}
}
`,
  );
  expect(run('go', 'test', '-count=1', '.')).toMatch(/^ok\s/);
});

testIfThere('dart')('the Dart of docs/other-languages.md makes what the vectors say', () => {
  write('edgecrop.dart', codeBlock(blocks, 'dart edgecrop.dart'));
  write(
    'check.dart',
    `import 'dart:convert';
import 'dart:io';
import 'edgecrop.dart';

void main() {
  dynamic load(String name) => jsonDecode(File(name).readAsStringSync());
  void same(String got, String expected) {
    if (got != expected) throw StateError('$got is not $expected');
  }

  for (final vector in load('object-keys.json')) {
    same(const Edgecrop('https://a').original(vector['key']), 'https://a\${vector['path']}');
  }
  for (final vector in load('urls.json')) {
    final params = vector['params'] as Map<String, dynamic>;
    final client = Edgecrop(vector['base']);
    if (params.isEmpty) {
      same(client.original(vector['key']), vector['url']);
    } else if (params['w'] is! double && params['position'] is! List) {
      same(
        client.crop(
          vector['key'],
          t: params['t'] ?? 'A',
          w: params['w'],
          h: params['h'],
          format: params['format'],
          quality: params['quality'],
          fit: params['fit'],
          position: params['position'],
          dpr: (params['dpr'] as num?)?.toDouble(),
        ),
        vector['url'],
      );
    }
  }
}
`,
  );
  expect(run('dart', 'run', 'check.dart')).toBe('');
});
