import { expect, it } from "vitest";
import { firewallRules } from "./firewall-rules";

const facts = {
  instanceId: "default",
  applicationBridges: ["hvjmmuu+", "br-0c36d445a71b"],
  buildBridge: "docker0",
  openPorts: [8080],
  platformPorts: [3000, 8082],
  elsewhere: [{ address: "192.0.2.7", port: 5432 }],
};

it("applications reach the router and names, builds all but the platform, nobody the metadata or the database", () => {
  const answers = "-m conntrack --ctstate RELATED,ESTABLISHED -j RETURN";
  const names = ["-p udp -m udp --dport 53 -j RETURN", "-p tcp -m tcp --dport 53 -j RETURN"];
  const metadata = [
    "-d 169.254.0.0/16 -j DROP",
    "-d 100.100.100.200/32 -j DROP",
    "-d 168.63.129.16/32 -j DROP",
    "-d 192.0.0.192/32 -j DROP",
  ];
  expect(firewallRules(facts)).toEqual({
    chains: {
      "hvjmmuu-app": [answers, ...names, "-p tcp -m tcp --dport 8080 -j RETURN", "-j DROP"],
      "hvjmmuu-build": [
        answers,
        ...names,
        "-p tcp -m tcp --dport 3000 -j DROP",
        "-p tcp -m tcp --dport 8082 -j DROP",
        ...metadata,
      ],
      "hvjmmuu-away": [answers, ...names, ...metadata, "-d 192.0.2.7/32 -p tcp -m tcp --dport 5432 -j DROP"],
    },
    jumps: [
      { from: "INPUT", rule: "-i hvjmmuu+ -j hvjmmuu-app" },
      { from: "FORWARD", rule: "-i hvjmmuu+ -j hvjmmuu-away" },
      { from: "INPUT", rule: "-i br-0c36d445a71b -j hvjmmuu-app" },
      { from: "FORWARD", rule: "-i br-0c36d445a71b -j hvjmmuu-away" },
      { from: "INPUT", rule: "-i docker0 -j hvjmmuu-build" },
      { from: "FORWARD", rule: "-i docker0 -j hvjmmuu-away" },
    ],
  });
});

it("leaves builds out where they have no network", () => {
  const { jumps } = firewallRules({ ...facts, buildBridge: null });
  expect(jumps.every(({ rule }) => !rule.includes("docker0"))).toBe(true);
});
