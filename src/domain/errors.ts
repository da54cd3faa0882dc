/**
 * The one catalogue of errors. An error says what happened, what to do about it and whose fault it is.
 * Identity is the code, never the text: tests, the interface and retries look at `code` alone.
 */

/** Whose move it is: the person's input, the code they deploy, or this platform and its operator. */
export type Blame = "input" | "application" | "platform";

type Entry = { blame: Blame; retryable: boolean; message: string; fix: string };

export const errorCatalogue = {
  // Requests
  not_found: {
    blame: "input",
    retryable: false,
    message: "This does not exist, or you may not see it.",
    fix: "Check the address, or ask an owner of the organization for access.",
  },
  unauthenticated: {
    blame: "input",
    retryable: false,
    message: "You are not signed in.",
    fix: "Sign in and try again.",
  },
  forbidden: {
    blame: "input",
    retryable: false,
    message: "Your role does not allow this.",
    fix: "Ask an owner or admin of the organization.",
  },
  invalid_input: {
    blame: "input",
    retryable: false,
    message: "Something in the input is not valid.",
    fix: "Correct the marked fields.",
  },
  conflict: {
    blame: "input",
    retryable: false,
    message: "Somebody changed this in the meantime.",
    fix: "Reload, look at the change, and try again.",
  },
  name_taken: {
    blame: "input",
    retryable: false,
    message: "This name is already in use here.",
    fix: "Choose another name.",
  },
  last_owner: {
    blame: "input",
    retryable: false,
    message: "An organization needs an owner, and this is the last one.",
    fix: "Make somebody else an owner first.",
  },
  already_member: {
    blame: "input",
    retryable: false,
    message: "This person belongs to the organization already.",
    fix: "Change the role in the list of members instead.",
  },
  invitation_over: {
    blame: "input",
    retryable: false,
    message: "This invitation is over.",
    fix: "Ask who invited you for a new link.",
  },
  invitation_for_another: {
    blame: "input",
    retryable: false,
    message: "This invitation is for another e-mail address.",
    fix: "Sign in with the address that was invited, or ask for an invitation to yours.",
  },
  email_taken: {
    blame: "input",
    retryable: false,
    message: "There is an account with this e-mail address already.",
    fix: "Sign in with it, and open the invitation again.",
  },
  invalid_credentials: {
    blame: "input",
    retryable: false,
    message: "E-mail or password is wrong.",
    fix: "Check both and try again.",
  },
  rate_limited: { blame: "input", retryable: true, message: "Too many attempts.", fix: "Wait a little and try again." },
  restarting: {
    blame: "platform",
    retryable: true,
    message: "The dashboard is being restarted.",
    fix: "Wait a few seconds; it connects again by itself.",
  },
  unexpected: {
    blame: "platform",
    retryable: true,
    message: "Something went wrong on our side.",
    fix: "Try again; if it happens again, give your operator the request id.",
  },

  inputs_unreadable: {
    blame: "platform",
    retryable: false,
    message: "What this deployment was made with cannot be read any more.",
    fix: "Enter the service's secrets anew and deploy again; the operator should see whether SECRET_KEY was changed.",
  },

  // Fetching
  repository_unreachable: {
    blame: "input",
    retryable: true,
    message: "The repository could not be reached.",
    fix: "Check the address and that this server can reach it.",
  },
  fetch_timeout: {
    blame: "platform",
    retryable: true,
    message: "The repository was not fetched in time.",
    fix: "Deploy again; if its server is slow or the repository large, ask the operator to raise FETCH_TIMEOUT_SECONDS.",
  },
  repository_not_found: {
    blame: "input",
    retryable: false,
    message: "There is no such repository, or it needs credentials.",
    fix: "Check the address; for a private repository add an access token.",
  },
  repository_access_denied: {
    blame: "input",
    retryable: false,
    message: "The repository refused the credentials.",
    fix: "Enter a token that may read this repository.",
  },
  repository_not_allowed: {
    blame: "input",
    retryable: false,
    message: "This kind of address is not allowed here.",
    fix: "Use https, http or ssh; local paths must be allowed by the operator (GIT_ALLOWED_PATHS).",
  },
  branch_not_found: {
    blame: "input",
    retryable: false,
    message: "There is no such branch.",
    fix: "Choose a branch that exists in the repository.",
  },
  commit_not_found: {
    blame: "input",
    retryable: false,
    message: "The commit is no longer in the repository.",
    fix: "Deploy the newest commit of the branch.",
  },
  root_directory_not_found: {
    blame: "input",
    retryable: false,
    message: "The root directory does not exist in this commit.",
    fix: "Correct the root directory in the service's settings.",
  },

  // Building
  dockerfile_not_found: {
    blame: "input",
    retryable: false,
    message: "The Dockerfile is not there.",
    fix: "Correct the Dockerfile path in the service's settings.",
  },
  nothing_detected: {
    blame: "input",
    retryable: false,
    message: "We could not tell how to build this.",
    fix: "Add a Dockerfile, or set the start command in the service's settings.",
  },
  build_file_not_found: {
    blame: "application",
    retryable: false,
    message: "The build needs a file that is not there.",
    fix: "Commit the file, or correct its path; paths are relative to the root directory, and what .dockerignore names is left out.",
  },
  build_failed: {
    blame: "application",
    retryable: false,
    message: "The build failed.",
    fix: "Read the last lines of the build log.",
  },
  build_out_of_memory: {
    blame: "application",
    retryable: false,
    message: "The build ran out of memory.",
    fix: "Make the build smaller, or ask the operator to raise BUILD_MEMORY_LIMIT_MB.",
  },
  build_timeout: {
    blame: "application",
    retryable: false,
    message: "The build took longer than allowed.",
    fix: "Make it faster, or ask the operator to raise BUILD_TIMEOUT_SECONDS.",
  },
  pull_timeout: {
    blame: "platform",
    retryable: true,
    message: "The image was not pulled in time.",
    fix: "Deploy again; if its registry is slow or the image large, ask the operator to raise BUILD_TIMEOUT_SECONDS.",
  },
  base_image_unavailable: {
    blame: "platform",
    retryable: true,
    message: "A base image could not be pulled.",
    fix: "Check the image's name and that this server reaches its registry; in a closed network see docker/base.",
  },
  image_not_found: {
    blame: "input",
    retryable: false,
    message: "There is no such image.",
    fix: "Check the image reference and its tag.",
  },
  address_pool_exhausted: {
    blame: "platform",
    retryable: false,
    message: "There is no address block left for another environment's network.",
    fix: "Delete a project, or ask the operator to enlarge NETWORK_POOL.",
  },
  subnet_taken: {
    blame: "platform",
    retryable: true,
    message: "The address range of this environment's network is used by something else on this server.",
    fix: "Deploy again, which takes another range. If it stays, set NETWORK_POOL to a free one (the operator's job).",
  },
  environment_full: {
    blame: "platform",
    retryable: false,
    message: "This environment's network has no address left for another container.",
    fix: "Lower the number of replicas, stop services of this environment, or move some to another project.",
  },
  image_access_denied: {
    blame: "input",
    retryable: false,
    message: "The registry refused access to this image.",
    fix: "Use an image that may be pulled without credentials, or let the operator log the Docker Engine in.",
  },
  image_gone: {
    blame: "platform",
    retryable: false,
    message: "The kept image of this deployment is gone.",
    fix: "Deploy its commit again.",
  },
  disk_nearly_full: {
    blame: "platform",
    retryable: true,
    message: "The server's disk is nearly full, so nothing new is built.",
    fix: "Free space on the server (the operator's job; the storage page helps), then deploy again. Rolling back and restarting work meanwhile.",
  },
  disk_full: {
    blame: "platform",
    retryable: true,
    message: "The server's disk is full.",
    fix: "Free space on the server (the operator's job), then deploy again.",
  },

  // Running
  release_timeout: {
    blame: "platform",
    retryable: true,
    message: "The containers were not started in time.",
    fix: "Deploy again; if the server is busy, ask the operator to look at it or to raise RELEASE_TIMEOUT_SECONDS.",
  },
  container_exited: {
    blame: "application",
    retryable: false,
    message: "The application stopped right after its start.",
    fix: "Read the last lines of its log.",
  },
  container_out_of_memory: {
    blame: "application",
    retryable: false,
    message: "The application ran out of memory.",
    fix: "Raise the memory limit in the service's settings, or make the application use less.",
  },
  port_not_open: {
    blame: "application",
    retryable: false,
    message: "Nothing answers on the service's port.",
    fix: "Listen on 0.0.0.0 and the port in the PORT variable, or correct the port in the settings.",
  },
  health_check_failed: {
    blame: "application",
    retryable: false,
    message: "The health path did not answer with success.",
    fix: "Look at the answer and the log, or correct the health path in the settings.",
  },
  route_not_applied: {
    blame: "platform",
    retryable: true,
    message: "The router did not take over the new route in time.",
    fix: "Check that the router runs and reads the routes directory.",
  },
  router_unavailable: {
    blame: "platform",
    retryable: true,
    message: "The router does not answer.",
    fix: "Start it, or correct EDGE_API_URL (the operator's job).",
  },
  engine_unavailable: {
    blame: "platform",
    retryable: true,
    message: "The Docker Engine does not answer.",
    fix: "Start it, or correct DOCKER_HOST (the operator's job).",
  },
  firewall_unavailable: {
    blame: "platform",
    retryable: false,
    message: "The rules that keep applications away from this server's own services could not be set.",
    fix: "Run the worker as root with iptables installed, or set them by hand: see SECURITY.md (the operator's job).",
  },
  engine_refused: {
    blame: "platform",
    retryable: false,
    message: "The Docker Engine refused an operation.",
    fix: "See the details in the operator's log.",
  },
  invalid_start_command: {
    blame: "application",
    retryable: false,
    message: "The start command could not be executed.",
    fix: "Correct the start command in the settings.",
  },
} as const satisfies Record<string, Entry>;

export type ErrorCode = keyof typeof errorCatalogue;

/** Facts about one occurrence: plain JSON, never a secret. `fields` maps input paths to messages. */
export type ErrorDetails = { fields?: Record<string, string> } & Record<string, unknown>;

/** What is kept of an error in a row and shown to a person. */
export type ErrorRecord = {
  code: ErrorCode;
  message: string;
  fix: string;
  blame: Blame;
  retryable: boolean;
  details?: ErrorDetails;
};

const brand = Symbol.for("helvetia.AppError");

export class AppError extends Error {
  /** A bundler may put this module into several bundles of one process: an AppError of another copy is one too. */
  static override [Symbol.hasInstance](value: unknown): boolean {
    return typeof value === "object" && value !== null && brand in value;
  }

  readonly [brand] = true;
  override readonly name = "AppError";
  readonly code: ErrorCode;
  readonly fix: string;
  readonly blame: Blame;
  readonly retryable: boolean;
  readonly details: ErrorDetails | undefined;

  /** `message` and `fix` replace the catalogue's general sentences where the occurrence allows a better one. */
  constructor(
    code: ErrorCode,
    options: { message?: string; fix?: string; details?: ErrorDetails; cause?: unknown } = {},
  ) {
    const entry = errorCatalogue[code];
    super(options.message ?? entry.message, { cause: options.cause });
    this.code = code;
    this.fix = options.fix ?? entry.fix;
    this.blame = entry.blame;
    this.retryable = entry.retryable;
    this.details = options.details;
  }

  toRecord(): ErrorRecord {
    const { code, message, fix, blame, retryable, details } = this;
    return { code, message, fix, blame, retryable, ...(details && { details }) };
  }
}

export function isAppError(error: unknown, code?: ErrorCode): error is AppError {
  return error instanceof AppError && (code === undefined || error.code === code);
}
