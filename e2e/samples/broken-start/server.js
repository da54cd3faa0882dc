console.log("Starting");
console.error("Error: DATABASE is not set");
process.exit(1);
