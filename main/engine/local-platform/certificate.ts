/** A certificate for the edge's names, made for this run and trusted by nobody else: it is its own authority. */
export async function makeCertificate(
  domain: string,
): Promise<{ readonly key: string; readonly cert: string }> {
  const { generate } = await import('selfsigned');
  const made = await generate([{ name: 'commonName', value: domain }], {
    algorithm: 'sha256',
    keyType: 'ec',
    extensions: [
      { name: 'basicConstraints', cA: true },
      {
        name: 'subjectAltName',
        altNames: [
          { type: 2, value: domain },
          { type: 2, value: `*.${domain}` },
        ],
      },
    ],
  });
  return { key: made.private, cert: made.cert };
}
