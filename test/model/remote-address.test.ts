import { expect, test } from "vitest";
import { isRemoteAddress } from "../../src/model/remote-address.ts";

test.each([
  "https://github.com/acme/shop.git",
  "http://127.0.0.1:8080/acme/shop",
  "ssh://git@git.example.com:2222/acme/shop.git",
  "git://git.example.com/acme/shop",
  "git@github.com:acme/shop.git",
  "git@git.example.com:~team/shop",
])("%s is an address of a remote", (address) => {
  expect(isRemoteAddress(address)).toBe(true);
});

test.each([
  ["a transport that runs a command", "ext::sh -c 'touch /tmp/x'"],
  ["the same without spaces", "ext::sh%20-c%20id"],
  ["a file descriptor", "fd::7"],
  ["an option", "--upload-pack=touch /tmp/x"],
  ["an option in short", "-utouch"],
  ["a host that ssh takes for an option", "ssh://-oProxyCommand=id/x"],
  ["the same, as scp writes it", "git@-oProxyCommand=id:x"],
  ["a user that ssh takes for an option", "-oProxyCommand=id@host:x"],
  ["a path that looks like an option", "git@host:-x"],
  ["a folder", "/srv/git/shop.git"],
  ["a folder beside", "../shop"],
  ["a file's address", "file:///srv/git/shop.git"],
  ["credentials", "https://user:token@github.com/acme/shop"],
  ["a token for a user", "https://ghp_0123456789@github.com/acme/shop"],
  ["a password for ssh", "ssh://git:secret@git.example.com/shop"],
  ["no path", "https://github.com"],
  ["two lines", "https://github.com/acme/shop\n--upload-pack=id"],
  ["a space", "https://github.com/acme/shop --config=x"],
  ["a backslash", "https://github.com\\@evil.example/acme/shop"],
  ["nothing", ""],
])("%s is none", (_, text) => {
  expect(isRemoteAddress(text)).toBe(false);
});
