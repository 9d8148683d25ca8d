import { generateKeyPairSync, type KeyObject, randomBytes, sign } from "node:crypto";

/** A certificate and its key, as PEM. */
export interface ClientCertificate {
  readonly certificate: string;
  readonly key: string;
}

export interface CertificateSubject {
  /** The API server takes the common name for the user, */
  readonly user: string;
  /** and the organisations for the groups. */
  readonly groups?: readonly string[];
  /** In an hour unless given. */
  readonly notAfter?: Date;
}

/** Issues client certificates that an API server with `--client-ca-file` accepts. */
export interface CertificateAuthority {
  /** PEM. */
  readonly certificate: string;
  issue(subject: CertificateSubject): ClientCertificate;
}

const HOUR_MS = 3_600_000;

/** Made up anew each time, and good for throw-away servers on the loopback only. */
export function certificateAuthority(): CertificateAuthority {
  const { privateKey, publicKey } = generateKeyPairSync("ec", { namedCurve: "P-256" });
  const name = distinguishedName("test client authority", []);
  const notAfter = new Date(Date.now() + 24 * HOUR_MS);
  const extensions = [extension(BASIC_CONSTRAINTS, sequence(TRUE))];
  return {
    certificate: signed({ issuer: name, subject: name, publicKey, notAfter, extensions }, privateKey),
    issue: ({ user, groups = [], notAfter = new Date(Date.now() + HOUR_MS) }) => {
      const own = generateKeyPairSync("ec", { namedCurve: "P-256" });
      const subject = distinguishedName(user, groups);
      const extensions = [extension(EXTENDED_KEY_USAGE, sequence(CLIENT_AUTH))];
      return {
        certificate: signed(
          { issuer: name, subject, publicKey: own.publicKey, notAfter, extensions },
          privateKey,
        ),
        key: own.privateKey.export({ type: "pkcs8", format: "pem" }).toString(),
      };
    },
  };
}

interface Content {
  readonly issuer: Buffer;
  readonly subject: Buffer;
  readonly publicKey: KeyObject;
  readonly notAfter: Date;
  readonly extensions: readonly Buffer[];
}

/** @see https://www.rfc-editor.org/rfc/rfc5280#section-4.1 */
function signed({ issuer, subject, publicKey, notAfter, extensions }: Content, key: KeyObject): string {
  const notBefore = new Date(Math.min(Date.now(), notAfter.getTime()) - HOUR_MS);
  const tbsCertificate = sequence(
    tagged(0xa0, tagged(0x02, Buffer.from([2]))),
    tagged(0x02, Buffer.concat([Buffer.from([1]), randomBytes(15)])),
    ECDSA_WITH_SHA256,
    issuer,
    sequence(utcTime(notBefore), utcTime(notAfter)),
    subject,
    publicKey.export({ type: "spki", format: "der" }),
    tagged(0xa3, sequence(...extensions)),
  );
  const signature = tagged(0x03, Buffer.from([0]), sign("sha256", tbsCertificate, key));
  const lines = sequence(tbsCertificate, ECDSA_WITH_SHA256, signature)
    .toString("base64")
    .match(/.{1,64}/g);
  return ["-----BEGIN CERTIFICATE-----", ...(lines ?? []), "-----END CERTIFICATE-----", ""].join("\n");
}

function distinguishedName(commonName: string, organisations: readonly string[]): Buffer {
  const attribute = (type: Buffer, value: string) =>
    tagged(0x31, sequence(type, tagged(0x0c, Buffer.from(value))));
  return sequence(
    ...organisations.map((value) => attribute(ORGANISATION, value)),
    attribute(COMMON_NAME, commonName),
  );
}

/** Critical, so that nobody overlooks it. */
function extension(type: Buffer, value: Buffer): Buffer {
  return sequence(type, TRUE, tagged(0x04, value));
}

function utcTime(time: Date): Buffer {
  return tagged(
    0x17,
    Buffer.from(
      `${time
        .toISOString()
        .replace(/[-:T]|\.\d+/g, "")
        .slice(2)}`,
    ),
  );
}

function sequence(...parts: readonly Buffer[]): Buffer {
  return tagged(0x30, ...parts);
}

/** A value of DER: its tag, its length and its content. */
function tagged(tag: number, ...parts: readonly Buffer[]): Buffer {
  const content = Buffer.concat(parts);
  const { length } = content;
  const size =
    length < 0x80 ? [length] : length < 0x100 ? [0x81, length] : [0x82, length >> 8, length & 0xff];
  return Buffer.concat([Buffer.from([tag, ...size]), content]);
}

const TRUE = Buffer.from([0x01, 0x01, 0xff]);
const objectId = (hex: string) => tagged(0x06, Buffer.from(hex, "hex"));
const COMMON_NAME = objectId("550403");
const ORGANISATION = objectId("55040a");
const BASIC_CONSTRAINTS = objectId("551d13");
const EXTENDED_KEY_USAGE = objectId("551d25");
const CLIENT_AUTH = objectId("2b06010505070302");
const ECDSA_WITH_SHA256 = sequence(objectId("2a8648ce3d040302"));
