console.log("Looking for the answer");
console.error("Error: there is no answer");
process.exit(3);
