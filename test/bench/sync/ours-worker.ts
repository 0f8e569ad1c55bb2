import './held-answers.ts'
import '../../../src/worker/main.ts'
