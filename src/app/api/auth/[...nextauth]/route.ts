import { authHandler } from "@/server/auth/auth-handler";

export { authHandler as GET, authHandler as POST };
