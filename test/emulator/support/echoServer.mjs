// A server in a process of its own, because a test that sends synchronously cannot serve. Prints its port.
import { createServer } from 'node:http';

let open = 0;
let mostAtOnce = 0;

createServer((request, response) => {
  const url = new URL(request.url, 'http://server');
  const chunks = [];
  request.on('data', chunk => chunks.push(chunk));
  request.on('end', () => {
    open += 1;
    mostAtOnce = Math.max(mostAtOnce, open);
    setTimeout(
      () => {
        open -= 1;
        if (url.pathname === '/break') return request.socket.destroy();
        const { method, headers } = request;
        const body = Buffer.concat(chunks).toString();
        response.writeHead(Number(url.searchParams.get('status') ?? 200), {
          'Content-Type': 'application/json',
          'Set-Cookie': ['a=1', 'b=2'],
          ...(url.searchParams.has('to') ? { Location: url.searchParams.get('to') } : {}),
        });
        return response.end(JSON.stringify({ method, url: request.url, headers, body, mostAtOnce }));
      },
      Number(url.searchParams.get('ms') ?? 0),
    );
  });
}).listen(0, '127.0.0.1', function () {
  console.log(this.address().port);
});
