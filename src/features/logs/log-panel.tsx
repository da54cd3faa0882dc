"use client";

import { Pause, Play } from "lucide-react";
import { useRef, useState } from "react";
import { ErrorNotice } from "@/features/api/error-notice";
import { Button } from "@/ui/button";
import { LogView } from "@/ui/log/log-view";
import { GoToTime } from "./go-to-time";
import { LogFoot } from "./log-foot";
import { ReplicaSelect } from "./replica-select";
import { type LogKind, useLog } from "./use-log";
import { useLogSearch } from "./use-log-search";
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
  const { deploymentId, kind } = props;
  const [paused, setPaused] = useState(false);
  const following = useRef(true);
  const log = useLog(deploymentId, kind, paused, following);
  const { buffer } = log;
  const filter = useReplicaFilter(buffer);
  const search = useLogSearch(deploymentId, kind, filter.selected, buffer.endOffset);

  if (log.error !== null && !buffer.loaded) return <ErrorNotice error={log.error} onRetry={log.retry} />;
  const empty = buffer.complete ? props.nothing : props.waiting;
  const hasEarlier = buffer.firstOffset > buffer.oldestOffset;
  return (
    <LogView
      name={props.name}
      lines={filter.lines}
      keyOf={filter.keyOf}
      isAtEnd={log.atEnd}
      onFollow={(follows) => {
        following.current = follows;
      }}
      onNearStart={log.loadEarlier}
      onNearEnd={log.loadLater}
      onShow={log.show}
      onShowEnd={log.showEnd}
      search={search}
      download={{ href: `/api/logs/${deploymentId}/${kind}`, fileName: `${props.fileName}.log` }}
      showWriters={filter.replicas.length > 1 && filter.selected === null}
      className={props.className ?? ""}
      toolbar={(goTo) => (
        <>
          {filter.replicas.length > 1 && (
            <ReplicaSelect replicas={filter.replicas} selected={filter.selected} onSelect={filter.select} />
          )}
          {buffer.loaded && !buffer.complete && (
            <Button size="md" onClick={() => setPaused(!paused)}>
              {paused ? <Play /> : <Pause />}
              {paused ? "Resume" : "Pause"}
            </Button>
          )}
          {buffer.endOffset > 0 && (
            <GoToTime
              deploymentId={deploymentId}
              kind={kind}
              near={buffer.lines.at(-1)?.t ?? null}
              onFound={(offset) => goTo(Math.min(offset, buffer.endOffset - 1))}
            />
          )}
        </>
      )}
      head={
        hasEarlier && (
          <div className="flex justify-center border-b px-4 py-2 font-sans">
            <Button size="sm" pending={log.loading === "earlier"} onClick={log.loadEarlier}>
              Load earlier lines
            </Button>
          </div>
        )
      }
      empty={buffer.loaded ? empty : "Loading"}
      foot={<LogFoot buffer={buffer} paused={paused} away={!log.atEnd} />}
    />
  );
}
