import { expect, test } from "vitest";
import { parseLdd } from "./shared-libraries";

test("the files a program loads, without the kernel's", () => {
  const output = `\tlinux-vdso.so.1 (0x00007ffd)
\tlibstdc++.so.6 => /lib/x86_64-linux-gnu/libstdc++.so.6 (0x00007f59)
\tlibmissing.so => not found
\t/lib64/ld-linux-x86-64.so.2 (0x00007f59)
`;
  expect(parseLdd(output)).toEqual(["/lib/x86_64-linux-gnu/libstdc++.so.6", "/lib64/ld-linux-x86-64.so.2"]);
  expect(parseLdd("\tnot a dynamic executable\n")).toEqual([]);
});
