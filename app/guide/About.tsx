import { GuideDialog } from './GuideDialog.tsx';
import { WithTerms } from './WithTerms.tsx';

/** By its title, as are the papers below: plain links, nothing is fetched from there. */
const post = 'https://discourse.numenta.org/t/ive-used-the-backpropagation-algorithm-to-implement-htm/5250';

/** Papers of HTM. */
const papers = [
  {
    title: 'Why Neurons Have Thousands of Synapses, a Theory of Sequence Memory in Neocortex',
    by: 'Hawkins and Ahmad, 2016',
    doi: '10.3389/fncir.2016.00023',
  },
  {
    title: 'Continuous Online Sequence Learning with an Unsupervised Neural Network Model',
    by: 'Cui, Ahmad and Hawkins, 2016',
    doi: '10.1162/NECO_a_00893',
  },
  {
    title: 'The HTM Spatial Pooler—A Neocortical Algorithm for Online Sparse Distributed Coding',
    by: 'Cui, Ahmad and Hawkins, 2017',
    doi: '10.3389/fncom.2017.00111',
  },
] as const;

/** The story behind the page, what of it is reconstructed, and how far its numbers can be trusted. */
export default function About() {
  return (
    <GuideDialog title="About DeepHTM Playground" className="about">
      <div className="guide-dialog-scroll">
        <p>
          <WithTerms text="A network reads one value of a signal, step by step, and predicts the next. An encoder feeds columns that compete; the cells of the winners remember the context; a decoder turns the cells that expect to be next into a number. After every step the error flows back through all of it." />
        </p>

        <h3>A post of 2019</h3>
        <p>
          In 2019 hsgo wrote on the HTM forum:{' '}
          <a href={post} target="_blank" rel="noopener noreferrer">
            “I’ve used the backpropagation algorithm to implement HTM”
          </a>
          , and called the result DeepHTM. HTM is Numenta’s theory of the neocortex, and it learns by local
          rules: synapses grow between cells that are active one after the other. The post kept HTM’s parts
          and let the error teach them.
        </p>
        <p>
          Four pictures came with it: the structure of the network, and a sine, predicted against actual, over
          the first 1,000 steps, at 4,000 and at 10,000. It ran at about 1,500 steps a second on a CPU, and
          was to be moved to the GPU, by compute shaders. This page is that, with the four pictures live.
        </p>

        <h3>What is reconstructed</h3>
        <p>
          The post names sizes: two encoder layers of 256 units, 256 columns of which 2% win, five cells a
          column, a decoder of two layers. It names cells with decimal values, bursting, and winners that pass
          the gradient on as in max pooling. All of that is kept.
        </p>
        <p>
          <WithTerms text="The code of its temporal memory was never published. Ours is a reconstruction, and may differ from it: the gate that divides a column’s activation, normalised overlaps, the conscience, the normalised step and the noise on the input were chosen here, because they measured best." />
        </p>
        <p>
          The post also named an open problem: decimal state that drifts off after hundreds of thousands of
          steps. With the gate, which conserves activation, no window of 10,000 steps had more than 1.01 times
          the error of the first, over a million steps, learning or frozen.
        </p>

        <h3>Why looking right is not enough</h3>
        <p>
          <WithTerms text="A smooth wave changes little from step to step. Just repeating the present value, which learns nothing, draws a curve that looks right too. That is persistence, the upper line in the error chart. The ratio is the error divided by that of persistence." />
        </p>
        <p>
          <WithTerms
            known={['persistence', 'ratio']}
            text="One value does not tell whether a wave rises or falls. The no-memory floor is about the best that fixed weights can do from the present value alone. What gets below it remembers: in its cells, in running means, or by weights that keep following the signal. Freeze leaves only the cells."
          />
        </p>

        <h3>What was measured</h3>
        <p>
          On the sine of 50 steps the ratio is 0.49 after 1,000 steps, 0.066 after 4,000 and 0.023 after
          10,000: medians of five seeds. Sums of sines and noise are where it is weakest, and one goal set for
          them was not met. A sine shows that memory works, never that this network predicts best: a linear
          rule that knows the last two values is exact on it, and a small recurrent network ends closer on
          every wave tried.
        </p>
        <p>
          In the source, docs/learning.md has all tables, with what was tried and did not help; docs/model.md
          says exactly what is computed. The claims of the presets and stories were measured with seeds 1 to
          3.
        </p>

        <h3>Read on</h3>
        <ul className="about-papers">
          {papers.map(({ title, by, doi }) => (
            <li key={doi}>
              <a href={`https://doi.org/${doi}`} target="_blank" rel="noopener noreferrer">
                {title}
              </a>
              <br />
              {by}
            </li>
          ))}
        </ul>

        <h3>Your data</h3>
        <p>
          Training runs in this page alone. Nothing is sent anywhere, and after the first visit the page works
          without a network.
        </p>
      </div>
    </GuideDialog>
  );
}
