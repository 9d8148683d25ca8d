/** Commands of one Go module that the tests run, built together. */
export interface BinarySet {
  /** For people: `kube-apiserver, etcd and kubectl 1.36.3`. */
  readonly title: string;
  /** Name of its folder in the cache, before the digest of what it is built from. */
  readonly folderName: string;
  /** The Go module's folder. */
  readonly module: string;
  readonly names: readonly string[];
  /** The package of each command; a folder of the module, with a `main.go`, unless given. */
  readonly packages?: Readonly<Record<string, string>>;
  /** Passed to the linker, on top of those that leave symbols out. */
  readonly linkerFlags: readonly string[];
  /** The environment variable that may name a folder with the commands, built elsewhere. */
  readonly variable: string;
  /** How to fill that folder without Go: ends the sentence "set VARIABLE to a folder with them". */
  readonly elsewhere: string;
}
