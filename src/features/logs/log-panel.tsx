"use client";

import { Pause, Play } from "lucide-react";
import { useState } from "react";
import { ErrorNotice } from "@/features/api/error-notice";
import { Button } from "@/ui/button";
import { LogView } from "@/ui/log/log-view";
import { Select } from "@/ui/select";
import { LogFoot } from "./log-foot";
import { type LogKind, useLog } from "./use-log";
import { useReplicaFilter } from "./use-replica-filter";

type LogPanelProps = {
  deploymentId: string;
  kind: LogKind;
  name: string;
  /** Without extension. */
  fileName: string;
  /** What to say while there are no lines, and when it ended without any. */
  waiting: string;
  nothing: string;
  className?: string;
};

/** One log, live. Give it the deployment's id as key: a log is never mixed with another. */
export function LogPanel(props: LogPanelProps) {
  const [paused, setPaused] = useState(false);
  const log = useLog(props.deploymentId, props.kind, paused);
  const { buffer } = log;
  const filter = useReplicaFilter(buffer);

  if (log.error !== null && !buffer.loaded) return <ErrorNotice error={log.error} onRetry={log.retry} />;
  const empty = buffer.complete ? props.nothing : props.waiting;
  return (
    <LogView
      name={props.name}
      lines={filter.lines}
      keyOf={filter.keyOf}
      fileName={`${props.fileName}.log`}
      showWriters={filter.replicas.length > 1 && filter.selected === null}
      className={props.className ?? ""}
      toolbar={
        <>
          {filter.replicas.length > 1 && (
            <Select
              aria-label="Replica"
              className="w-36"
              value={filter.selected ?? ""}
              onChange={(event) => filter.select(event.target.value === "" ? null : Number(event.target.value))}
            >
              <option value="">All replicas</option>
              {filter.replicas.map((replica) => (
                <option key={replica} value={replica}>
                  Replica {replica + 1}
                </option>
              ))}
            </Select>
          )}
          {buffer.loaded && !buffer.complete && (
            <Button size="md" onClick={() => setPaused(!paused)}>
              {paused ? <Play /> : <Pause />}
              {paused ? "Resume" : "Pause"}
            </Button>
          )}
        </>
      }
      head={
        buffer.firstOffset > 0 && (
          <div className="flex justify-center border-b px-4 py-2 font-sans">
            <Button size="sm" pending={log.loadingEarlier} onClick={log.loadEarlier}>
              Load earlier lines
            </Button>
          </div>
        )
      }
      empty={buffer.loaded ? empty : "Loading"}
      foot={<LogFoot buffer={buffer} paused={paused} shown={filter.lines.length} />}
    />
  );
}
