/** Where a generated Dockerfile is laid over the build context: out of the way of a Dockerfile of the repository. */
export const generatedDockerfilePath = ".helvetia/Dockerfile";
