import { handleRequest } from "@/server/api/handle-request";

export { handleRequest as GET, handleRequest as POST };
