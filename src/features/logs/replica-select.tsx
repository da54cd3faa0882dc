import { Select } from "@/ui/select";

type ReplicaSelectProps = {
  /** Counted from 0. */
  replicas: readonly number[];
  selected: number | null;
  onSelect: (replica: number | null) => void;
};

export function ReplicaSelect({ replicas, selected, onSelect }: ReplicaSelectProps) {
  return (
    <Select
      aria-label="Replica"
      className="w-36"
      value={selected ?? ""}
      onChange={(event) => onSelect(event.target.value === "" ? null : Number(event.target.value))}
    >
      <option value="">All replicas</option>
      {replicas.map((replica) => (
        <option key={replica} value={replica}>
          Replica {replica + 1}
        </option>
      ))}
    </Select>
  );
}
