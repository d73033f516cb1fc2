// Where tests run: in the worker itself, as any Node program does, and not in a context of their own for each file. What a file leaves
// on the process is put back after it.
class OneRealm {
  global = globalThis
  fakeTimers = null
  fakeTimersModern = null
  // There is no `jest` object here to mock with; Jest asks for one who would know what was.
  moduleMocker = { clearAllMocks() {}, resetAllMocks() {}, restoreAllMocks() {} }
  #env = process.env
  #variables = { ...process.env }
  #folder = process.cwd()
  #exit = process.exit
  #console = globalThis.console

  getVmContext() {
    return null
  }

  exportConditions() {
    return ['node', 'node-addons']
  }

  async setup() {
    // Jest's own reader of source maps knows only what Jest transformed; Node knows the maps of what it loaded.
    delete Error.prepareStackTrace
  }

  async teardown() {
    process.env = this.#env
    for (const name of Object.keys(process.env)) if (!(name in this.#variables)) delete process.env[name]
    Object.assign(process.env, this.#variables)
    if (process.cwd() !== this.#folder) process.chdir(this.#folder)
    process.exit = this.#exit
    globalThis.console = this.#console
  }
}

module.exports = OneRealm
