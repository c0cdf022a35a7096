import { expect, it } from 'vitest';
import { isEdgeNotFound } from './edge-answer.ts';

const nginx =
  '<html>\r\n<head><title>404 Not Found</title></head>\r\n<body>\r\n<center><h1>404 Not Found</h1></center>\r\n<hr><center>nginx</center>\r\n</body>\r\n</html>\r\n';

it.each([
  [404, 'default backend - 404', true],
  [404, 'default backend - 404\n', true],
  [404, nginx, true],
  [404, nginx.replace('>nginx<', '>nginx/1.22.1<'), true],
  [200, 'default backend - 404', false],
  [404, '', false],
  [404, '{"detail":"Not Found"}', false],
  [404, '<title>404 Not Found</title>', false],
  [404, 'My page says: default backend - 404', false],
  [404, `${nginx}${' '.repeat(2_000)}`, false],
])('%i with %j is the edge: %s', (status, body, wanted) => {
  expect(isEdgeNotFound({ status, body })).toBe(wanted);
});
