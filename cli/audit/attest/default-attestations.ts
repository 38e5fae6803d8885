/** Where people attest what files can't show, in the folder of the project. */
export const defaultAttestations = 'bulwark.attest.toml';
